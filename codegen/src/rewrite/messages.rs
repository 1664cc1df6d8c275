//! Small rewrites of progenitor's code: its errors and messages become ours, bytes become a form.

use quote::{ToTokens, format_ident};
use syn::{
    Expr, ExprClosure, Lit, LitStr, parse_quote,
    visit_mut::{self, VisitMut},
};

/// `Error::InvalidRequest` → our error, which names the operation.
pub struct InvalidRequest;

impl VisitMut for InvalidRequest {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        visit_mut::visit_expr_mut(self, expression);
        if let Expr::Path(path) = expression
            && path
                .path
                .segments
                .last()
                .is_some_and(|last| last.ident == "InvalidRequest")
        {
            *expression = parse_quote!(|reason| Error::invalid_request(operation, reason));
        }
    }
}

/// A conversion that failed says why; progenitor leaves that out of some setters.
#[derive(Default)]
pub struct Reasons {
    pub has_changed: bool,
}

impl VisitMut for Reasons {
    fn visit_expr_closure_mut(&mut self, closure: &mut ExprClosure) {
        let Expr::MethodCall(call) = &*closure.body else {
            return;
        };
        if let Expr::Lit(literal) = &*call.receiver
            && let Lit::Str(text) = &literal.lit
            && let Some(name) = text
                .value()
                .strip_prefix("conversion to ")
                .and_then(|text| {
                    let (_, name) = text.split_once("` for ")?;
                    name.strip_suffix(" failed")
                })
        {
            let text = format!("{name}: {{error}}");
            *closure = parse_quote!(|error| format!(#text));
            self.has_changed = true;
        }
    }
}

/// Progenitor's messages in our words.
pub struct Messages;

impl VisitMut for Messages {
    fn visit_lit_str_mut(&mut self, literal: &mut LitStr) {
        let text = literal.value();
        let words = if let Some(name) = text.strip_suffix(" was not initialized") {
            format!("`{name}` is required")
        } else if text.starts_with("conversion to ") && text.ends_with(" for body failed: {}") {
            "{}".to_owned()
        } else {
            return;
        };
        *literal = LitStr::new(&words, literal.span());
    }

    fn visit_macro_mut(&mut self, found: &mut syn::Macro) {
        if found.path.is_ident("format")
            && let Ok(mut arguments) = found.parse_body_with(
                syn::punctuated::Punctuated::<Expr, syn::Token![,]>::parse_terminated,
            )
        {
            arguments
                .iter_mut()
                .for_each(|argument| self.visit_expr_mut(argument));
            found.tokens = arguments.to_token_stream();
        }
    }
}

/// A form of several parts where progenitor, which knows none, takes bytes.
pub struct Form;

impl VisitMut for Form {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_mut::visit_path_mut(self, path);
        if path.to_token_stream().to_string() == "reqwest :: Body" {
            *path = parse_quote!(reqwest::multipart::Form);
        }
    }

    fn visit_expr_method_call_mut(&mut self, call: &mut syn::ExprMethodCall) {
        visit_mut::visit_expr_method_call_mut(self, call);
        if call.method == "body" {
            call.method = format_ident!("multipart");
        }
    }
}
