package io.parley.gateway.contract;

import io.parley.gateway.http.Answer;
import io.parley.gateway.http.BodyReader;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.http.Problems;
import io.parley.gateway.http.StreamedAnswer;
import io.parley.gateway.http.Upload;
import io.parley.gateway.origin.TrustedProxies;
import io.parley.kernel.Problem;
import io.parley.kernel.async.BytesInFlight;
import io.parley.kernel.replicas.ReplicaReads;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Runs an operation: authenticates, counts, reads and validates the request, calls the handler, writes the answer. */
final class Dispatcher {
    /** The parameter that names the fields of the answer. */
    private static final String FIELDS = "fields";

    private final Authenticator authenticator;
    private final LimitStep limits;
    private final IdempotencyStep idempotency;
    private final ConnectionDeadlines deadlines;
    private final BytesInFlight memory;
    private final TrustedProxies proxies;

    private record Call(
            Operation operation,
            Function<Request, Future<? extends Record>> handler,
            HttpServerRequest http,
            Map<String, String> pathParameters,
            BytesInFlight.Share body) {
        Future<Record> handle(Request request) {
            return handler.apply(request).map(reply -> reply);
        }
    }

    Dispatcher(
            Authenticator authenticator,
            LimitStep limits,
            IdempotencyStep idempotency,
            ConnectionDeadlines deadlines,
            BytesInFlight memory,
            TrustedProxies proxies) {
        this.authenticator = authenticator;
        this.limits = limits;
        this.idempotency = idempotency;
        this.deadlines = deadlines;
        this.memory = memory;
        this.proxies = proxies;
    }

    void run(
            Operation operation,
            Function<Request, Future<? extends Record>> handler,
            HttpServerRequest http,
            Map<String, String> pathParameters) {
        var call = new Call(operation, handler, http, pathParameters, memory.open());
        if (!BodyReader.hasBody(http) && !operation.takesUpload()) {
            answer(call);
            return;
        }
        // What arrives while no handler is set is lost, and authentication may take a while.
        http.pause();
        answer(call).onComplete(done -> {
            call.body().release();
            BodyReader.resume(http);
        });
    }

    private Future<Void> answer(Call call) {
        return answerCounted(call).onFailure(failure -> fail(call, failure));
    }

    private Future<Void> answerCounted(Call call) {
        if (call.operation().isPublic()) return count(call).compose(counted -> answer(call, Optional.empty()));
        return limits.admit(
                call.http(), authenticator, call.operation().isStream(call.http()), identity -> answer(call, identity));
    }

    private Future<Void> answer(Call call, Identity identity) {
        call.operation().checkScopes(identity);
        return answer(call, Optional.of(identity));
    }

    private Future<Void> count(Call call) {
        return call.operation().isFree() ? Future.succeededFuture() : limits.countAnonymous(call.http());
    }

    private Future<Void> answer(Call call, Optional<Identity> identity) {
        return request(call, identity).compose(request -> answer(call, request));
    }

    private static void fail(Call call, Throwable failure) {
        var operation = call.operation();
        Problems.answer(call.http(), operation.path(), operation.redaction().redact(failure));
    }

    private Future<Request> request(Call call, Optional<Identity> identity) {
        var query = new QueryValues(
                call.operation().queryParameters().read(call.http().query()));
        call.operation().checkFields(query.texts(FIELDS));
        var request = new Request(call.http(), proxies, identity.orElse(null), call.pathParameters(), query);
        return call.operation().takesUpload()
                ? Future.succeededFuture(withUpload(call, request))
                : body(call).map(body -> withBody(call, request, body));
    }

    private Request withUpload(Call call, Request request) {
        call.operation().body().orElseThrow().checkHeaders(call.http().headers());
        return withKey(call, request, Buffer.buffer())
                .withUpload(new Upload(call.http(), deadlines, idempotency.uploadMac()));
    }

    private Request withBody(Call call, Request request, Buffer body) {
        deadlines.requestReceived(call.http(), () -> fail(call, Problem.timeout()));
        var json = call.operation()
                .body()
                .flatMap(schema -> schema.read(call.http().headers(), body))
                .orElse(null);
        return withKey(call, json == null ? request : request.withBody(json), body);
    }

    private Request withKey(Call call, Request request, Buffer body) {
        return call.operation().isIdempotent()
                ? idempotency.key(call.http(), body).map(request::withKey).orElse(request)
                : request;
    }

    private Future<Buffer> body(Call call) {
        var http = call.http();
        if (!BodyReader.hasBody(http)) return Future.succeededFuture(Buffer.buffer());
        var body = BodyReader.read(
                http,
                call.body(),
                deadlines,
                call.operation().body().map(BodySchema::maxBytes).orElse(BodyReader.LIMIT));
        BodyReader.resume(http);
        return body;
    }

    private Future<Void> answer(Call call, Request request) {
        var key = request.idempotencyKey();
        if (key.isEmpty()) return reply(call, request).compose(reply -> write(call, reply));
        if (call.operation().canStream()) return replyUnderDerivedId(call, request, key.get());
        return idempotency
                .once(
                        key.get(),
                        request,
                        attempt ->
                                reply(call, attempt).map(reply -> Responses.of(call.http(), call.operation(), reply)))
                .compose(answer -> memory.whileWriting(
                        answer.size(), () -> answer.write(call.http().response())));
    }

    // A stream cannot be stored. Its operation finds by this id what the earlier request created, and streams that.
    private Future<Void> replyUnderDerivedId(Call call, Request request, IdempotencyKey key) {
        return reply(call, request.withNewId(key.idFor(request.caller()))).compose(reply -> write(call, reply));
    }

    // If the node that received a request has died, the request is sent to another node, but only if it only reads.
    private Future<Record> reply(Call call, Request request) {
        if (call.operation().readsReplica()) ReplicaReads.allow();
        return call.handle(request)
                .compose(reply -> reply instanceof LateReply late
                        ? deadlines.whileAnswering(call.http(), late.reply().map(Record.class::cast))
                        : Future.succeededFuture(reply))
                .recover(failure -> isLost(failure) && call.operation().method().equals(HttpMethod.GET)
                        ? call.handle(request)
                        : Future.failedFuture(failure))
                .map(reply -> Responses.chosen(reply, request.query().texts(FIELDS)));
    }

    private static boolean isLost(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.LOST;
    }

    private Future<Void> write(Call call, Record reply) {
        var http = call.http();
        if (!(reply instanceof StreamedAnswer streamed))
            return write(call, Responses.of(http, call.operation(), reply));
        return http.method().equals(HttpMethod.HEAD)
                ? new Answer(call.operation().successStatus(), Map.of("Content-Type", streamed.type()), null)
                        .write(http.response())
                : streamed.send(http, deadlines);
    }

    // What another method has done must be answered in any case.
    private Future<Void> write(Call call, Answer answer) {
        var response = call.http().response();
        return call.operation().method().equals(HttpMethod.GET)
                ? memory.ifRoom(answer.size(), () -> answer.write(response))
                : memory.whileWriting(answer.size(), () -> answer.write(response));
    }
}
