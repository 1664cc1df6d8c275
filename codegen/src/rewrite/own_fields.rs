//! Fields of requests that are our own, beside those that progenitor made.

use proc_macro2::Ident;
use syn::{
    ExprStruct, Fields, ImplItem, ItemImpl, ItemStruct, Pat, PatRest, Stmt, Type, parse_quote,
    visit_mut::VisitMut,
};

/// Gives a request a field of our own, which is empty in a new one.
pub fn add(structure: &mut ItemStruct, implementation: &mut ItemImpl, name: &Ident, kind: &Type) {
    if let Fields::Named(fields) = &mut structure.fields {
        fields.named.push(parse_quote!(#name: #kind));
    }
    struct Constructed<'n>(&'n Ident);
    impl VisitMut for Constructed<'_> {
        fn visit_expr_struct_mut(&mut self, expression: &mut ExprStruct) {
            if expression.path.is_ident("Self") {
                let name = self.0;
                expression
                    .fields
                    .push(parse_quote!(#name: Default::default()));
            }
        }
    }
    for item in &mut implementation.items {
        if let ImplItem::Fn(function) = item
            && function.sig.ident == "new"
        {
            Constructed(name).visit_block_mut(&mut function.block);
        }
    }
}

/// Lets a pattern that takes a request apart leave out the fields that are our own.
pub fn take_rest(statement: &mut Stmt) {
    if let Stmt::Local(local) = statement
        && let Pat::Struct(pattern) = &mut local.pat
    {
        pattern.rest = Some(PatRest {
            attrs: Vec::new(),
            dot2_token: Default::default(),
        });
    }
}
