//! What differs between two versions of a service.

use canread_model::{Method, Parameters, Service, Type};
use rustc_hash::FxHashMap;

use super::{Comparison, Outcome, Pointer, options, types};
use crate::{Change, DeclAt, Holder, MethodChange, Pair};

impl<'a> Comparison<'a> {
    pub(super) fn services(&mut self, owner: Pair<DeclAt<'a>>, services: Pair<&'a Service>, outcome: &mut Outcome<'a>) {
        let new_methods: FxHashMap<&str, &Method> =
            services.new.methods.iter().rev().map(|method| (&*method.name, method)).collect();
        for old in &services.old.methods {
            match new_methods.get(&*old.name) {
                Some(new) => self.method(owner, Pair { old, new: *new }, outcome),
                None => outcome.changes.push(Change::MethodRemoved { owner, old }),
            }
        }
        let old_methods: FxHashMap<&str, &Method> =
            services.old.methods.iter().map(|method| (&*method.name, method)).collect();
        for new in services.new.methods.iter().filter(|method| !old_methods.contains_key(&*method.name)) {
            outcome.changes.push(Change::MethodAdded { owner, new });
        }
    }

    fn method(&mut self, owner: Pair<DeclAt<'a>>, method: Pair<&'a Method>, outcome: &mut Outcome<'a>) {
        let Pair { old, new } = method;
        let mut push = |change| outcome.changes.push(Change::Method { owner, method, change });
        if (old.client_streaming, old.server_streaming) != (new.client_streaming, new.server_streaming) {
            push(MethodChange::Streaming);
        }
        if old.idempotency != new.idempotency {
            push(MethodChange::Idempotency);
        }
        if let (Parameters::Message(old), Parameters::Message(new)) = (&old.parameters, &new.parameters) {
            self.message(Pointer::Request(owner, method), Pair { old, new }, outcome);
        }
        if let (Some(old), Some(new)) = (&old.returns, &new.returns) {
            self.message(Pointer::Response(owner, method), Pair { old, new }, outcome);
        }
        let metas = Pair { old: &old.meta, new: &new.meta };
        options::fields(Holder::Method(owner, method), metas, outcome);
    }

    fn message(&mut self, by: Pointer<'a>, types: Pair<&'a Type>, outcome: &mut Outcome<'a>) {
        if let Some(to) = types::difference(types, |_| true).target {
            self.target(by, to, outcome);
        }
    }
}
