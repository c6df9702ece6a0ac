package io.parley.gateway.openai;

import io.parley.gateway.openai.exchange.Exchange;
import io.parley.gateway.openai.exchange.OpenAiError;
import io.parley.kernel.access.Scope;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which method at which path does what. */
final class OperationTable {
    private static final String PART = "*";
    private static final String REST = "**";

    private final List<Operation> all = new ArrayList<>();

    /**
     * @param path in parts, of which {@code *} is any one and {@code **} all that follow, at least one
     * @param scopes that a token needs
     */
    record Operation(HttpMethod method, List<String> path, List<Scope> scopes, Function<Exchange, Future<Void>> run) {
        boolean takesBody() {
            return method.equals(HttpMethod.POST) && !path.contains("cancel");
        }

        /** Whether the answer is a stream that is known as one before the body is read. */
        boolean isStream(HttpServerRequest http) {
            return method.equals(HttpMethod.GET) && String.valueOf(http.query()).contains("stream=true");
        }

        private boolean fits(List<String> parts) {
            boolean takesRest = path.get(path.size() - 1).equals(REST);
            if (takesRest ? parts.size() < path.size() : parts.size() != path.size()) return false;
            for (int at = 0; at < path.size(); at++) {
                var expected = path.get(at);
                boolean isAny = expected.equals(PART) || expected.equals(REST);
                if (isAny ? parts.get(at).isEmpty() : !expected.equals(parts.get(at))) return false;
            }
            return true;
        }

        private List<String> variables(List<String> parts) {
            var variables = new ArrayList<String>();
            for (int at = 0; at < path.size(); at++) {
                if (path.get(at).equals(PART)) variables.add(parts.get(at));
                if (path.get(at).equals(REST)) variables.add(String.join("/", parts.subList(at, parts.size())));
            }
            return variables;
        }
    }

    /** @param path the variable parts of the path */
    record Found(Operation operation, List<String> path) {}

    void on(HttpMethod method, String path, List<Scope> scopes, Function<Exchange, Future<Void>> run) {
        all.add(new Operation(method, List.of(path.split("/", -1)), scopes, run));
    }

    /** Fails unknown_url if nothing is at the path, and with a 405 if the method does not fit. */
    Found find(HttpServerRequest http, List<String> parts) {
        var fitting = all.stream().filter(operation -> operation.fits(parts)).toList();
        if (fitting.isEmpty()) throw OpenAiError.unknownUrl(http);
        var method = http.method().equals(HttpMethod.HEAD) ? HttpMethod.GET : http.method();
        return fitting.stream()
                .filter(operation -> operation.method().equals(method))
                .findFirst()
                .map(operation -> new Found(operation, operation.variables(parts)))
                .orElseThrow(() -> OpenAiError.methodNotAllowed(methods(fitting)));
    }

    private static String methods(List<Operation> operations) {
        return operations.stream()
                .flatMap(operation -> operation.method().equals(HttpMethod.GET)
                        ? Stream.of("GET", "HEAD")
                        : Stream.of(operation.method().name()))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
