package io.parley.config.system;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the jar, started once for all of them, or its API. */
final class ParleyExtension implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == ParleyJar.class || type == Api.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var jar = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(ParleyExtension.class))
                .computeIfAbsent(ParleyJar.class, type -> ParleyJar.start(ParleyJar.freshData()), ParleyJar.class);
        return parameter.getParameter().getType() == Api.class ? new Api(jar.uri()) : jar;
    }
}
