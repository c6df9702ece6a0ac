package io.parley.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.kernel.crypto.Sha256;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The document of the app, and the files that it loads. Their addresses contain a hash of all of them, so that browsers can keep them,
 * and a new version never mixes with an old one.
 *
 * @param files by their paths
 */
record WebFiles(WebFile page, Map<String, WebFile> files) {
    /** Begins the paths of all files. */
    static final String ASSETS = "/assets/";

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

    /**
     * Reads and compresses all files, so it must not be called on an event loop.
     *
     * @param prefix of all paths
     */
    static WebFiles read(String prefix) {
        var sources = AppSources.files();
        var assets = ASSETS + hash(sources) + '/';
        var files = new HashMap<String, WebFile>();
        sources.forEach((name, bytes) -> files.put(assets + name, WebFile.of(hash(bytes), assetHeaders(name), bytes)));
        var document = AppSources.page()
                .replace("{assets}", prefix + assets)
                .replace("{base}", prefix)
                .getBytes(UTF_8);
        return new WebFiles(WebFile.of(hash(document), pageHeaders(), document), Map.copyOf(files));
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
