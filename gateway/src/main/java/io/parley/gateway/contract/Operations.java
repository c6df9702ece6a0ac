package io.parley.gateway.contract;

import io.parley.gateway.auth.Authentication;
import io.parley.gateway.auth.Identity;
import io.parley.gateway.http.Answer;
import io.parley.gateway.http.BodyReader;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.http.HttpError;
import io.parley.gateway.http.Problems;
import io.parley.gateway.http.StreamedAnswer;
import io.parley.gateway.idempotency.IdempotencyKey;
import io.parley.gateway.idempotency.IdempotentRequests;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What happens at each operation of the contract: who asks and what is asked is checked, then a route answers. */
public final class Operations {
    private final Contract contract;
    private final Authentication authentication;
    private final ConnectionDeadlines deadlines;
    private final IdempotentRequests repeats;
    private final Map<String, Function<Request, Future<? extends Record>>> handlers = new HashMap<>();

    public Operations(
            Contract contract,
            Authentication authentication,
            ConnectionDeadlines deadlines,
            IdempotentRequests repeats) {
        this.contract = contract;
        this.authentication = authentication;
        this.deadlines = deadlines;
        this.repeats = repeats;
    }

    public void on(String operationId, Function<Request, Future<? extends Record>> handler) {
        if (handlers.put(operationId, handler) != null)
            throw new IllegalStateException("two handlers for operation " + operationId);
    }

    /** Fails where the contract and the handlers do not name the same operations. */
    public void mount(Router router) {
        var ids = contract.operations().stream().map(Operation::id).collect(Collectors.toSet());
        if (!ids.equals(handlers.keySet()))
            throw new IllegalStateException("operations of the contract " + ids + ", handled " + handlers.keySet());
        for (var path : PathOperations.of(contract.operations()))
            router.route(path.route()).handler(context -> serve(path, context.request(), context.pathParams()));
    }

    private void serve(PathOperations path, HttpServerRequest request, Map<String, String> ids) {
        path.operation(request.method())
                .ifPresentOrElse(
                        operation -> run(operation, request, ids),
                        () -> Problems.answer(request, path.template(), HttpError.noSuchMethod(path.allowed())));
    }

    private void run(Operation operation, HttpServerRequest http, Map<String, String> ids) {
        if (!BodyReader.hasBody(http) && !isUpload(operation)) {
            attend(operation, http, ids);
            return;
        }
        // What arrives while nobody listens is lost, and who asks may take a while to find out.
        http.pause();
        attend(operation, http, ids).onComplete(done -> http.resume());
    }

    private Future<Void> attend(Operation operation, HttpServerRequest http, Map<String, String> ids) {
        return identity(operation, http)
                .compose(identity -> request(operation, http, identity, ids))
                .compose(request -> answer(operation, http, request))
                .onFailure(failure -> Problems.answer(
                        http, operation.path(), operation.discretion().about(failure)));
    }

    private static boolean isUpload(Operation operation) {
        return operation.body().filter(BodySchema::isUpload).isPresent();
    }

    private Future<Optional<Identity>> identity(Operation operation, HttpServerRequest http) {
        return operation.open()
                ? Future.succeededFuture(Optional.empty())
                : authentication.identify(http).map(Optional::of);
    }

    private Future<Request> request(
            Operation operation, HttpServerRequest http, Optional<Identity> identity, Map<String, String> ids) {
        var query = operation.parameters().read(http.query());
        if (isUpload(operation)) {
            operation.body().orElseThrow().check(http.headers());
            var upload = repeats.upload(http, deadlines);
            var request = new Request(http, identity.orElse(null), ids, query, null, upload);
            return Future.succeededFuture(repeats.key(http).map(request::under).orElse(request));
        }
        return body(http).map(body -> {
            deadlines.received(http, () -> Problems.answer(http, operation.path(), Problem.timeout()));
            var json = operation.body().map(form -> form.read(http.headers(), body));
            var request = new Request(http, identity.orElse(null), ids, query, json.orElse(null), null);
            var key = operation.repeatable() ? repeats.key(http, body) : Optional.<IdempotencyKey>empty();
            return key.map(request::under).orElse(request);
        });
    }

    private static Future<Buffer> body(HttpServerRequest http) {
        if (!BodyReader.hasBody(http)) return Future.succeededFuture(Buffer.buffer());
        var body = BodyReader.of(http);
        http.resume();
        return body;
    }

    private Future<Void> answer(Operation operation, HttpServerRequest http, Request request) {
        if (operation.streams()) return stream(operation, http, request);
        return request.key()
                .map(key -> repeats.once(
                                key,
                                request,
                                each -> reply(operation, each).map(reply -> Responses.of(http, operation, reply)))
                        .compose(answer -> answer.write(http.response())))
                .orElseGet(() -> reply(operation, request).compose(reply -> write(operation, http, reply)));
    }

    // What it creates is found again by its id, and so is the answer that was made then.
    private Future<Void> stream(Operation operation, HttpServerRequest http, Request request) {
        var keyed = request.key()
                .map(key -> request.creating(key.idFor(request.caller())))
                .orElse(request);
        return reply(operation, keyed).compose(reply -> write(operation, http, reply));
    }

    private Future<Void> write(Operation operation, HttpServerRequest http, Record reply) {
        if (!(reply instanceof StreamedAnswer streamed))
            return Responses.of(http, operation, reply).write(http.response());
        return http.method().equals(HttpMethod.HEAD)
                ? new Answer(operation.success(), Map.of("Content-Type", streamed.type()), null).write(http.response())
                : streamed.send(http, deadlines);
    }

    private Future<Record> reply(Operation operation, Request request) {
        var handler = handlers.get(operation.id());
        if (handler == null) return Future.failedFuture(Problem.internal());
        return handler.apply(request)
                .<Record>map(reply -> reply)
                .recover(failure -> isLost(failure) && operation.method().equals(HttpMethod.GET)
                        ? handler.apply(request).map(reply -> reply)
                        : Future.failedFuture(failure));
    }

    // The node that was asked is gone. What only reads can be asked again, and another one answers.
    private static boolean isLost(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.LOST;
    }
}
