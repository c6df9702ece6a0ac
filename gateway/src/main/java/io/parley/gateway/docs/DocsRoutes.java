package io.parley.gateway.docs;

import io.parley.gateway.contract.Contract;
import io.parley.gateway.contract.Operations;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.util.Map;

/** openapi.yaml, and Swagger UI (from its webjar) to read it and try it. */
public final class DocsRoutes {
    private final Asset contract;
    private final Asset page = Asset.of("text/html; charset=utf-8", "/docs/index.html");
    private final Map<String, Asset> pageFiles =
            pageFiles(WebJar.webjars("org.webjars", "swagger-ui").folder());

    /** @param prefix of all paths */
    public DocsRoutes(String prefix) {
        var file = Asset.of("application/yaml", Contract.FILE);
        contract = new Asset(
                file.type(),
                Buffer.buffer(file.bytes().toString().replaceFirst("(?m)^  - url: /$", "  - url: " + prefix + "/")));
    }

    public void mount(Operations operations) {
        operations.on("openapi", request -> Future.succeededFuture(contract.answer()));
        operations.on("docs", request -> Future.succeededFuture(page.answer()));
    }

    /** The files that the page loads; they are not operations of the contract. */
    public void mount(Router router) {
        pageFiles.forEach((name, file) -> router.route(HttpMethod.GET, "/docs/" + name)
                .handler(context -> file.answer().write(context.response())));
    }

    private static Map<String, Asset> pageFiles(String webjar) {
        return Map.of(
                "start.js", Asset.of("text/javascript; charset=utf-8", "/docs/start.js"),
                "swagger-ui.css", Asset.of("text/css; charset=utf-8", webjar + "swagger-ui.css"),
                "swagger-ui-bundle.js", Asset.of("text/javascript; charset=utf-8", webjar + "swagger-ui-bundle.js"),
                "favicon-32x32.png", Asset.of("image/png", webjar + "favicon-32x32.png"));
    }
}
