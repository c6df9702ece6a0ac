package io.parley.browser;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.parley.testing.signin.ScriptedProvider;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a {@link Visitor} with a browser of their own, at a server of the class. People can sign in to it at {@link #PROVIDER}, and
 * {@link Editor} is a program that it knows.
 */
final class AppExtension implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    static final ScriptedProvider PROVIDER = ScriptedProvider.start(Vertx.vertx());

    private static final Map<String, String> SETTINGS = Map.of(
            "PARLEY_OIDC_PROVIDERS",
            new JsonArray().add(PROVIDER.setting("acme").put("title", "Acme")).encode(),
            "PARLEY_OAUTH_CLIENTS",
            Editor.SETTING);

    // A machine that builds other things at the same time is slow.
    private static final double PATIENCE = 20_000;

    private final String host;
    private final Map<String, String> settings;
    private final List<Visitor> visitors = new ArrayList<>();
    private @Nullable Chromium chromium;
    private @Nullable ParleyServer server;

    AppExtension() {
        this("127.0.0.1", Map.of());
    }

    /**
     * @param host as which visitors know the server
     * @param more settings, by the names of their variables
     */
    AppExtension(String host, Map<String, String> more) {
        this.host = host;
        this.settings = new HashMap<>(SETTINGS);
        settings.putAll(more);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        chromium = Chromium.open();
        server = new ParleyServer(settings);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(Visitor.class);
    }

    @Override
    public Visitor resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (chromium == null || server == null) throw new IllegalStateException("not started");
        var options = new NewContextOptions()
                .setBaseURL("http://" + host + ":" + server.port)
                .setViewportSize(1200, 800);
        var visitor = new Visitor(chromium.browser.newContext(options));
        visitors.add(visitor);
        return visitor;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        var left = List.copyOf(visitors);
        visitors.clear();
        left.forEach(Visitor::leave);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (server != null) server.close();
        if (chromium != null) chromium.close();
    }
}
