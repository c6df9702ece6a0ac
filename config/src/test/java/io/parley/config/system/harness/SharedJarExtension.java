package io.parley.config.system.harness;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.TestProgram;
import io.parley.testing.Mailbox;
import io.parley.testing.signin.ScriptedProvider;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Injects the jar that all tests of this process share, or its API. */
public final class SharedJarExtension implements ParameterResolver {
    /** The only one whose pages may use the API from a browser. */
    public static final String FRIENDLY_ORIGIN = "https://app.example.org";

    /** Where the links in its mails lead. */
    public static final String PUBLIC_URL = "http://parley.example.org";

    /** Gets its mails. */
    public static final Mailbox MAILBOX = Mailbox.open();

    /** At which people sign in as {@code acme}. */
    public static final ScriptedProvider PROVIDER = ScriptedProvider.start(Vertx.vertx());

    /** Of a server whose mails go to {@link #MAILBOX}. */
    public static final Map<String, String> SETTINGS = Map.of(
            "PARLEY_OIDC_PROVIDERS",
            new JsonArray()
                    .add(PROVIDER.setting("acme").put("title", "Acme Inc."))
                    .encode(),
            "PARLEY_HTTP_CORS_ORIGINS",
            FRIENDLY_ORIGIN,
            // What raw requests of tests are sent to.
            "PARLEY_HTTP_HOSTS",
            "parley,a",
            "PARLEY_HTTP_PUBLIC_URL",
            PUBLIC_URL,
            "PARLEY_MAIL_HOST",
            "127.0.0.1",
            "PARLEY_MAIL_PORT",
            String.valueOf(MAILBOX.port()),
            "PARLEY_MAIL_TLS",
            "none",
            "PARLEY_LIMITS_MAILS",
            "",
            "PARLEY_WEBHOOKS_ALLOW_PRIVATE",
            "true",
            "PARLEY_OAUTH_CLIENTS",
            TestProgram.SETTING);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == ParleyJar.class || type == ApiClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var jar = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedJarExtension.class))
                .computeIfAbsent(
                        ParleyJar.class, type -> ParleyJar.start(ParleyJar.freshData(), SETTINGS), ParleyJar.class);
        return parameter.getParameter().getType() == ApiClient.class ? new ApiClient(jar.uri()) : jar;
    }
}
