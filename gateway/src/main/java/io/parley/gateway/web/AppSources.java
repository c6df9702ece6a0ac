package io.parley.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.gateway.docs.WebJar;
import io.parley.gateway.http.ClasspathFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** What browsers load of the app, by name: the modules and icons of the folder {@code web}, one style sheet, and libraries. */
final class AppSources {
    private static final String PAGE = "/web/index.html";
    private static final String STYLES = "style/";

    static String page() {
        return new String(ClasspathFiles.bytes(PAGE), UTF_8);
    }

    static SortedMap<String, byte[]> files() {
        var files = new TreeMap<String, byte[]>();
        own().forEach((name, bytes) -> {
            if (name.startsWith(STYLES)) files.merge("style.css", bytes, AppSources::joined);
            else files.put(name, bytes);
        });
        bundle(files);
        files.putAll(libraries());
        return files;
    }

    // Everything that somebody needs who is signed in, but for the pages that are opened later.
    private static void bundle(SortedMap<String, byte[]> files) {
        var modules = new TreeMap<String, String>();
        files.forEach((name, bytes) -> {
            if (name.startsWith("app/")) modules.put(name, new String(bytes, UTF_8));
        });
        files.keySet().removeAll(modules.keySet());
        ModuleBundle.join(modules, "app/main.js", "app/shell/Shell.js", "app/signed-in.js")
                .forEach((name, source) -> files.put(name, source.getBytes(UTF_8)));
    }

    private static Map<String, byte[]> libraries() {
        var webjar = WebJar.webjars("org.webjars.npm", "preact");
        var preact = ScriptModules.preact(
                text(webjar.bytes("dist/preact.module.js")),
                text(webjar.bytes("hooks/dist/hooks.module.js")),
                text(WebJar.mvnpm("htm").bytes("dist/htm.module.js")));
        var highlight = text(WebJar.webjars("org.webjars", "highlightjs").bytes("highlight.min.js"));
        var katex = text(WebJar.webjars("org.webjars.npm", "katex").bytes("dist/katex.min.js"));
        return Map.of(
                "lib/preact.js", preact.getBytes(UTF_8),
                "lib/marked.js", WebJar.mvnpm("marked").bytes("lib/marked.esm.js"),
                "lib/highlight.js", (highlight + "\nexport default hljs;\n").getBytes(UTF_8),
                "lib/katex.js", ScriptModules.ofScript(katex).getBytes(UTF_8));
    }

    // Without the comment that names a source map, which is not served.
    private static String text(byte[] module) {
        return new String(module, UTF_8).replaceAll("(?m)^//# sourceMappingURL=.*$", "");
    }

    private static SortedMap<String, byte[]> own() {
        var page = Objects.requireNonNull(AppSources.class.getResource(PAGE));
        try {
            if (!page.getProtocol().equals("jar")) return below(folder(page));
            try (var jar = FileSystems.newFileSystem(page.toURI(), Map.of())) {
                return below(jar.getPath("/web"));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (URISyntaxException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Path folder(URL page) throws URISyntaxException {
        return Objects.requireNonNull(Path.of(page.toURI()).getParent());
    }

    private static SortedMap<String, byte[]> below(Path folder) throws IOException {
        var files = new TreeMap<String, byte[]>();
        try (var found = Files.walk(folder)) {
            for (var file : found.filter(Files::isRegularFile).toList()) {
                var name = folder.relativize(file).toString().replace('\\', '/');
                if (!name.equals("index.html")) files.put(name, Files.readAllBytes(file));
            }
        }
        return files;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var all = new byte[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private AppSources() {}
}
