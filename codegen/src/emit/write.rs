//! Writes the module of each version, and the file that mounts them, into the build's own directory.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use quote::{format_ident, quote};
use syn::File;

use crate::{error::Problem, spec::version::Version};

/// The directory that a variable of cargo's names to a build script.
pub fn directory(variable: &str) -> Result<PathBuf, Problem> {
    env::var_os(variable).map(PathBuf::from).ok_or_else(|| {
        Problem::new(format!(
            "{variable} is not set; cargo sets it for build scripts"
        ))
    })
}

/// Writes the module of one version.
pub fn module(directory: &Path, version: &Version, file: &File) -> Result<(), Problem> {
    write(&directory.join(format!("{}.rs", version.feature())), file)
}

/// Writes what mounts the modules of `versions` and gives the client a method for each.
pub fn mount(directory: &Path, versions: &[Version]) -> Result<(), Problem> {
    let modules = versions.iter().map(|version| {
        let number = version.as_str();
        let feature = version.feature();
        let file = format!("/{feature}.rs");
        let ident = format_ident!("{feature}");
        let module = format!(" Version {number} of the API.");
        let method = format!(
            " The operations of version {number}. Their requests name it in the `Intercom-Version` header, which the types match."
        );
        quote! {
            #[doc = #module]
            #[allow(clippy::all, clippy::pedantic, unused_imports, reason = "generated")]
            #[cfg_attr(docsrs, doc(cfg(feature = #feature)))]
            pub mod #ident {
                include!(concat!(env!("OUT_DIR"), #file));
            }
            impl crate::Intercom {
                #[doc = #method]
                #[cfg_attr(docsrs, doc(cfg(feature = #feature)))]
                pub fn #ident(&self) -> #ident::Api {
                    #ident::Api::new(self.clone())
                }
            }
        }
    });
    let numbers = versions.iter().map(Version::as_str);
    let file = quote! {
        /// The versions of the API that this build has, oldest first.
        pub const VERSIONS: &[&str] = &[ #( #numbers ),* ];
        #( #modules )*
    };
    write(&directory.join("versions.rs"), &parse(file)?)
}

/// Writes what names every version to the tests: `each_version! { v2_7 "2.7"; … }`.
pub fn each_version(directory: &Path, versions: &[Version]) -> Result<(), Problem> {
    let entries = versions.iter().map(|version| {
        let (ident, number) = (format_ident!("{}", version.feature()), version.as_str());
        quote! { #ident #number; }
    });
    let file = quote! { each_version! { #( #entries )* } };
    write(&directory.join("each_version.rs"), &parse(file)?)
}

fn parse(tokens: proc_macro2::TokenStream) -> Result<File, Problem> {
    syn::parse2(tokens)
        .map_err(|error| Problem::new(format!("the mounting code does not parse: {error}")))
}

fn write(path: &Path, file: &File) -> Result<(), Problem> {
    fs::write(path, prettyplease::unparse(file))
        .map_err(|error| Problem::new(format!("cannot write {}: {error}", path.display())))
}
