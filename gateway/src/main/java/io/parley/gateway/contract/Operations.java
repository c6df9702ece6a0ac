package io.parley.gateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.http.HttpError;
import io.parley.gateway.http.Problems;
import io.parley.gateway.observe.Endpoint;
import io.parley.gateway.observe.Exchange;
import io.parley.gateway.origin.TrustedProxies;
import io.parley.json.JsonForm;
import io.parley.kernel.async.BytesInFlight;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Joins the operations of the contract to their handlers. */
public final class Operations {
    private final Contract contract;
    private final Dispatcher dispatcher;
    private final Map<String, Function<Request, Future<? extends Record>>> handlers = new HashMap<>();

    public Operations(
            Contract contract,
            Authenticator authenticator,
            LimitStep limits,
            IdempotencyStep idempotency,
            ConnectionDeadlines deadlines,
            BytesInFlight memory,
            TrustedProxies proxies) {
        this.contract = contract;
        this.dispatcher = new Dispatcher(authenticator, limits, idempotency, deadlines, memory, proxies);
    }

    /**
     * Names the handler of an operation. It replies with a record that is written as JSON, with a {@link
     * io.parley.gateway.http.StreamedAnswer}, or with an {@link io.parley.gateway.http.Answer} of its own.
     */
    public void on(String operationId, Function<Request, Future<? extends Record>> handler) {
        if (handlers.put(operationId, handler) != null)
            throw new IllegalStateException("operation " + operationId + " has two handlers");
    }

    /** A body of this operation that is a part of another one's; fails as that operation would. */
    public <T extends Record> T bind(String operationId, JsonNode body, Class<T> type) {
        contract.operation(operationId).body().orElseThrow().check(body);
        return JsonForm.bind(body, type);
    }

    /** The path of a resource that this operation creates. */
    public String location(String operationId, UUID id) {
        return contract.operation(operationId).location().orElseThrow().replace("{id}", id.toString());
    }

    /** Fails if an operation has no handler, or a handler no operation. */
    public void mount(Router router) {
        var ids = contract.operations().stream().map(Operation::id).collect(Collectors.toSet());
        if (!ids.equals(handlers.keySet()))
            throw new IllegalStateException(
                    "openapi.yaml has the operations " + ids + ", but there are handlers for " + handlers.keySet());
        for (var path : PathOperations.oftenUsedFirst(contract.operations()))
            router.route(path.route()).handler(context -> dispatch(path, context.request(), context.pathParams()));
    }

    private void dispatch(PathOperations path, HttpServerRequest http, Map<String, String> pathParameters) {
        var operation = path.operation(http.method());
        Exchange.current()
                .ifPresent(exchange -> exchange.reached(operation
                        .map(found -> new Endpoint(found.id(), path.template()))
                        .orElseGet(() -> Endpoint.withoutOperation(path.template()))));
        operation.ifPresentOrElse(
                found -> dispatcher.run(found, handler(found), http, pathParameters),
                () -> Problems.answer(http, path.template(), HttpError.methodNotAllowed(path.allowed())));
    }

    private Function<Request, Future<? extends Record>> handler(Operation operation) {
        return Objects.requireNonNull(handlers.get(operation.id()));
    }
}
