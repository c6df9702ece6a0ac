package io.parley.gateway.contract;

import io.vertx.core.http.HttpMethod;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The operations of one path, by method.
 *
 * @param template the path with its parameters in braces
 */
record PathOperations(String template, Map<HttpMethod, Operation> methods) {
    /** These come first because the router tries one path after the other. */
    private static final Pattern OFTEN = Pattern.compile("/api/v\\d+/(?:conversations|messages|tasks)(?:/.*)?");

    static List<PathOperations> oftenUsedFirst(List<Operation> operations) {
        return of(operations).stream()
                .sorted(Comparator.comparing(
                        path -> !OFTEN.matcher(path.template()).matches()))
                .toList();
    }

    private static Collection<PathOperations> of(List<Operation> operations) {
        Map<String, PathOperations> paths = new LinkedHashMap<>();
        for (var operation : operations)
            paths.computeIfAbsent(operation.path(), path -> new PathOperations(path, new LinkedHashMap<>()))
                    .methods()
                    .put(operation.method(), operation);
        return paths.values();
    }

    /** The path in the router's spelling. */
    String route() {
        return template.replace("{", ":").replace("}", "");
    }

    /** A HEAD is a GET without the body (RFC 9110, 9.3.2). */
    Optional<Operation> operation(HttpMethod method) {
        return Optional.ofNullable(methods.get(method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method));
    }

    /** The value of the Allow header. */
    String allowed() {
        var names = methods.keySet().stream().map(HttpMethod::name).collect(Collectors.joining(", "));
        return methods.containsKey(HttpMethod.GET) ? names + ", HEAD" : names;
    }
}
