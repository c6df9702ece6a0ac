package io.parley.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.kernel.crypto.Sha256;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The pages of the app, which are one document, and the files that it loads. Their addresses contain a hash of all of them, so that
 * browsers can keep them, and a new version never mixes with an old one.
 */
public final class WebApp {
    /**
     * Nothing from elsewhere, nothing inline, and no text that becomes HTML or a script (Trusted Types without a policy).
     */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    private static final int HASH_CHARACTERS = 16;

    private final String prefix;
    private final WebFile page;
    private final Map<String, WebFile> files = new HashMap<>();

    /**
     * Reads and compresses all files, so it must not be called on an event loop.
     *
     * @param prefix of all paths
     */
    public WebApp(String prefix) {
        this.prefix = prefix;
        var sources = AppSources.files();
        var build = hash(sources);
        var assets = "/assets/" + build + '/';
        sources.forEach((name, bytes) -> files.put(assets + name, WebFile.of(hash(bytes), assetHeaders(name), bytes)));
        var document = AppSources.page()
                .replace("{assets}", prefix + assets)
                .replace("{base}", prefix)
                .getBytes(UTF_8);
        page = WebFile.of(hash(document), pageHeaders(), document);
    }

    /** To be mounted after everything else that has a path. */
    public void mount(Router router) {
        for (var method : new HttpMethod[] {HttpMethod.GET, HttpMethod.HEAD})
            router.route(method, "/*").handler(this::answer);
    }

    private void answer(RoutingContext context) {
        var path = withoutPrefix(context.request());
        var file = PagePaths.contains(path) ? page : files.get(path);
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

    private static Map<String, String> pageHeaders() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "text/html; charset=utf-8");
        headers.put("Cache-Control", "no-cache");
        headers.put("Content-Security-Policy", POLICY);
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        return headers;
    }

    private static Map<String, String> assetHeaders(String name) {
        var type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
        return Map.of("Content-Type", type, "Cache-Control", "public, max-age=31536000, immutable");
    }

    private static String hash(Map<String, byte[]> sources) {
        var all = new ByteArrayOutputStream();
        sources.forEach((name, bytes) -> {
            all.writeBytes(name.getBytes(UTF_8));
            all.writeBytes(bytes);
        });
        return hash(all.toByteArray());
    }

    private static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.digest().digest(bytes)).substring(0, HASH_CHARACTERS);
    }
}
