//! How much memory this process has, and had at most.

/// How much more memory the process may have at the end than after a fifth of the calls: far less than would be kept if
/// each call left a hundred bytes behind in a full run, and more than an allocator and the tests beside it move it.
const GROWTH_IN_KB: u64 = 16 * 1024;

#[derive(Clone, Copy, Debug)]
pub struct Memory {
    now_in_kb: u64,
    peak_in_kb: u64,
}

impl Memory {
    /// None where the system does not tell.
    pub fn now() -> Option<Self> {
        let status = std::fs::read_to_string("/proc/self/status").ok()?;
        let in_kb = |name: &str| {
            let value = status.lines().find_map(|line| line.strip_prefix(name))?;
            value.trim().strip_suffix(" kB")?.parse().ok()
        };
        Some(Self {
            now_in_kb: in_kb("VmRSS:")?,
            peak_in_kb: in_kb("VmHWM:")?,
        })
    }

    pub fn growth(early: Option<Self>, late: Option<Self>) -> String {
        let text = |memory: Option<Self>| match memory {
            Some(memory) => format!("{} kB (peak {} kB)", memory.now_in_kb, memory.peak_in_kb),
            None => "unknown".to_owned(),
        };
        format!("memory {}, then {}", text(early), text(late))
    }

    pub fn assert_flat(early: Option<Self>, late: Option<Self>) {
        if let (Some(early), Some(late)) = (early, late) {
            let growth = Self::growth(Some(early), Some(late));
            assert!(late.now_in_kb < early.now_in_kb + GROWTH_IN_KB, "{growth}");
            assert!(
                late.peak_in_kb < early.peak_in_kb + GROWTH_IN_KB,
                "{growth}"
            );
        }
    }
}
