//! Services and their methods.

use canread_model::{Decl, Method, Parameters, Service};

use super::{Page, docs, options};

impl<'p> Page<'p> {
    pub(super) fn service(&mut self, decl: &'p Decl, service: &'p Service) {
        docs::leading(&mut self.text, &decl.meta);
        let name = decl.name.as_deref().unwrap_or_default();
        self.text.open(&format!("service {name} {{{}", docs::trailing_inline(&decl.meta)));
        docs::trailing_below(&mut self.text, &decl.meta);
        let place = self.place_around(&decl.full_name);
        options::statements(&mut self.text, &options::settings(&place, &decl.meta.annotations));
        self.text.blank();
        for method in &service.methods {
            self.method(decl, method);
        }
        self.text.close("}");
    }

    fn method(&mut self, decl: &'p Decl, method: &'p Method) {
        if docs::stand_apart(&method.meta) {
            self.text.blank();
        }
        let (Parameters::Message(input), Some(output)) = (&method.parameters, &method.returns) else {
            let symbol = format!("{}.{}", decl.full_name, method.name);
            self.cannot_say(&symbol, "a method takes one message and returns one");
            return;
        };
        let (input, output) = (self.type_name(&decl.full_name, input), self.type_name(&decl.full_name, output));
        let stream = |streaming| if streaming { "stream " } else { "" };
        let (from_client, from_server) = (stream(method.client_streaming), stream(method.server_streaming));
        let line = format!("rpc {}({from_client}{input}) returns ({from_server}{output})", method.name);
        let settings = options::settings(&self.place(&decl.full_name), &method.meta.annotations);
        let has_block = method.meta.annotations.iter().any(|annotation| annotation.path.is_empty());
        if settings.is_empty() && !has_block {
            options::statement(&mut self.text, &method.meta, &line, &[]);
            return;
        }
        docs::leading(&mut self.text, &method.meta);
        if settings.is_empty() && !docs::has_trailing(&method.meta) {
            self.text.line(&format!("{line} {{}}"));
            return;
        }
        self.text.open(&format!("{line} {{{}", docs::trailing_inline(&method.meta)));
        docs::trailing_below(&mut self.text, &method.meta);
        options::statements(&mut self.text, &settings);
        self.text.close("}");
        self.text.blank();
    }
}
