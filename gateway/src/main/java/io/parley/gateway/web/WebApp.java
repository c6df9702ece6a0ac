package io.parley.gateway.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Serves the app to browsers. */
public final class WebApp {
    private final Vertx vertx;
    private final String prefix;
    private @Nullable Future<WebFiles> files;

    /** @param prefix of all paths */
    public WebApp(Vertx vertx, String prefix) {
        this.vertx = vertx;
        this.prefix = prefix;
    }

    /**
     * Begins to read and compress the files. The server is ready before, because that takes a tenth of a start; the first
     * request for one of them waits for all.
     */
    public void prepare() {
        files();
    }

    private synchronized Future<WebFiles> files() {
        if (files == null) files = vertx.executeBlocking(() -> WebFiles.read(prefix));
        return files;
    }

    /** To be mounted after everything else that has a path. */
    public void mount(Router router) {
        for (var method : new HttpMethod[] {HttpMethod.GET, HttpMethod.HEAD})
            router.route(method, "/*").handler(this::answer);
    }

    private void answer(RoutingContext context) {
        var path = withoutPrefix(context.request());
        if (!PagePaths.contains(path) && !path.startsWith(WebFiles.ASSETS)) {
            context.next();
            return;
        }
        var ready = files();
        if (ready.succeeded()) answer(context, path, ready.result());
        else awaitFiles(context, path, ready);
    }

    // They may become ready on a thread of another instance.
    private void awaitFiles(RoutingContext context, String path, Future<WebFiles> ready) {
        var own = vertx.getOrCreateContext();
        ready.onComplete(read -> own.runOnContext(now -> {
            if (read.succeeded()) answer(context, path, read.result());
            else context.fail(read.cause());
        }));
    }

    private static void answer(RoutingContext context, String path, WebFiles files) {
        var file = PagePaths.contains(path) ? files.page() : files.files().get(path);
        if (file == null) context.next();
        else file.answer(context.request()).write(context.response());
    }

    /** Whether the path is that of a page. */
    public boolean hasPage(HttpServerRequest request) {
        return PagePaths.contains(withoutPrefix(request));
    }

    // Some proxies take the prefix away, others do not.
    private String withoutPrefix(HttpServerRequest request) {
        var path = String.valueOf(request.path());
        if (prefix.isEmpty() || !(path + '/').startsWith(prefix + '/')) return path;
        return path.length() == prefix.length() ? "/" : path.substring(prefix.length());
    }
}
