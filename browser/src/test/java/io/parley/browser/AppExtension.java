package io.parley.browser;

import com.microsoft.playwright.Browser.NewContextOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test a {@link Visitor} with a browser of their own, at a server of the class. */
final class AppExtension implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private final List<Visitor> visitors = new ArrayList<>();
    private @Nullable Chromium chromium;
    private @Nullable ParleyServer server;

    @Override
    public void beforeAll(ExtensionContext context) {
        chromium = Chromium.open();
        server = new ParleyServer();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(Visitor.class);
    }

    @Override
    public Visitor resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (chromium == null || server == null) throw new IllegalStateException("not started");
        var options = new NewContextOptions().setBaseURL(server.address).setViewportSize(1200, 800);
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
