package io.parley.gateway.routes;

import io.parley.gateway.contract.Contract;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Responses;
import io.parley.gateway.http.Asset;
import io.parley.gateway.http.ClasspathFiles;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/** The contract, and a page to read it and try it: Swagger UI from its webjar. */
public final class DocsRoutes {
    private static final String WEBJAR = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

    private final Asset contract = Asset.of("application/yaml", Contract.FILE);
    private final Asset page = Asset.of("text/html; charset=utf-8", "/docs/index.html");
    private final Map<String, Asset> parts = parts("/META-INF/resources/webjars/swagger-ui/" + version() + '/');

    public void mount(Operations operations) {
        operations.on("openapi", request -> Future.succeededFuture(contract));
        operations.on("docs", request -> Future.succeededFuture(page));
    }

    /** What the page loads; no operations of the contract. */
    public void mount(Router router) {
        parts.forEach((name, part) -> router.route(HttpMethod.GET, "/docs/" + name)
                .handler(context -> Responses.page(part).write(context.response())));
    }

    private static Map<String, Asset> parts(String webjar) {
        return Map.of(
                "start.js", Asset.of("text/javascript", "/docs/start.js"),
                "swagger-ui.css", Asset.of("text/css", webjar + "swagger-ui.css"),
                "swagger-ui-bundle.js", Asset.of("text/javascript", webjar + "swagger-ui-bundle.js"),
                "favicon-32x32.png", Asset.of("image/png", webjar + "favicon-32x32.png"));
    }

    private static String version() {
        try {
            var properties = new Properties();
            properties.load(new ByteArrayInputStream(ClasspathFiles.bytes(WEBJAR)));
            return properties.getProperty("version");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
