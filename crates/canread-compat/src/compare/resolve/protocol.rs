//! Two versions of a protocol: messages by name; parameters as the fields of a record; responses as types.
//!
//! Source: Avro 1.12, "Protocol Wire Format": parameters are encoded as a record.

use canread_model::{Field, Method, Parameters, Service};
use rustc_hash::FxHashMap;

use super::{Out, Resolver, met};
use crate::{Change, DeclAt, Direction, Directions, Met, Pair, TypeAt, finding::method_symbol};

impl<'a> Resolver<'a> {
    pub(super) fn protocols(
        &mut self,
        decls: Pair<DeclAt<'a>>,
        services: Pair<&'a Service>,
        within: Directions,
        out: &mut Out<'a>,
    ) {
        let nodes = Pair { old: decls.old.decl().node, new: decls.new.decl().node };
        let by_name = |service: &'a Service| {
            service.methods.iter().map(|method| (&*method.name, method)).collect::<FxHashMap<&str, &Method>>()
        };
        let (old_methods, new_methods) = (by_name(services.old), by_name(services.new));
        for old in &services.old.methods {
            let symbol = method_symbol(decls.old, old);
            if let Some(&new) = new_methods.get(&*old.name) {
                self.message(&symbol, decls, Pair { old, new }, within, out);
            } else {
                let nodes = Pair { old: old.node, new: nodes.new };
                out.push(met(symbol, within, nodes, Met::MessageRemoved(old)));
            }
        }
        for new in services.new.methods.iter().filter(|new| !old_methods.contains_key(&*new.name)) {
            let nodes = Pair { old: nodes.old, new: new.node };
            out.push(met(method_symbol(decls.old, new), within, nodes, Met::MessageAdded(new)));
        }
    }

    fn message(
        &mut self,
        symbol: &str,
        decls: Pair<DeclAt<'a>>,
        methods: Pair<&'a Method>,
        within: Directions,
        out: &mut Out<'a>,
    ) {
        let nodes = Pair { old: methods.old.node, new: methods.new.node };
        let start = out.len();
        if methods.old.is_oneway != methods.new.is_oneway {
            out.push(met(symbol, within, nodes, Met::OneWayChanged(methods)));
        }
        let parameters = Pair { old: parameters(methods.old), new: parameters(methods.new) };
        self.fields(symbol, decls, parameters, within, out);
        if let (Some(old), Some(new)) = (&methods.old.returns, &methods.new.returns) {
            let at = |schema, ty| TypeAt { schema, ty };
            let types = Pair { old: at(self.versions.old, old), new: at(self.versions.new, new) };
            self.types(&format!("{symbol}()"), types, within, out);
        }
        self.errors(symbol, methods, within, out);
        for change in &mut out[start..] {
            if let Change::Resolution(one) = change {
                one.in_call = true;
            }
        }
    }

    /// The errors that a message declares: branches of a union, whose first one is a string.
    fn errors(&mut self, symbol: &str, methods: Pair<&'a Method>, within: Directions, out: &mut Out<'a>) {
        let symbol = format!("{symbol}!");
        let named = |schema, method: &'a Method| {
            let errors = method.throws.iter().map(move |error| TypeAt { schema, ty: &error.ty });
            errors.filter_map(|ty| Some((ty.named()?.decl().name.as_deref()?, ty))).collect::<Vec<_>>()
        };
        let sides = Pair { old: named(self.versions.old, methods.old), new: named(self.versions.new, methods.new) };
        let by_name = |side: &[(&'a str, TypeAt<'a>)]| side.iter().rev().copied().collect::<FxHashMap<_, _>>();
        let (old_errors, new_errors) = (by_name(&sides.old), by_name(&sides.new));
        for (name, old) in &sides.old {
            if let Some(new) = new_errors.get(name) {
                self.types(&symbol, Pair { old: *old, new: *new }, within, out);
            } else {
                let nodes = Pair { old: old.ty.node, new: methods.new.node };
                let within = within.and(Directions::only(Direction::Backward));
                out.push(met(symbol.as_str(), within, nodes, Met::BranchRemoved(*old)));
            }
        }
        for (name, new) in &sides.new {
            if !old_errors.contains_key(name) {
                let nodes = Pair { old: methods.old.node, new: new.ty.node };
                let within = within.and(Directions::only(Direction::Forward));
                out.push(met(symbol.as_str(), within, nodes, Met::BranchAdded(*new)));
            }
        }
    }
}

fn parameters(method: &Method) -> &[Field] {
    match &method.parameters {
        Parameters::Fields(fields) => fields,
        _ => &[],
    }
}
