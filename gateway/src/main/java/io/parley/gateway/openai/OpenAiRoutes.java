package io.parley.gateway.openai;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.parley.gateway.attachments.SentFiles;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.contract.Authenticator;
import io.parley.gateway.contract.IdempotencyKey;
import io.parley.gateway.contract.IdempotencyStep;
import io.parley.gateway.contract.Identity;
import io.parley.gateway.contract.LimitStep;
import io.parley.gateway.http.BodyReader;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.http.HttpError;
import io.parley.gateway.http.MediaTypes;
import io.parley.gateway.http.Problems;
import io.parley.gateway.openai.exchange.Exchange;
import io.parley.gateway.openai.exchange.Fields;
import io.parley.gateway.openai.exchange.OpenAiError;
import io.parley.gateway.streams.TurnFeed;
import io.parley.json.StoredForm;
import io.parley.json.StrictJson;
import io.parley.kernel.Problem;
import io.parley.kernel.access.Scope;
import io.parley.kernel.async.BytesInFlight;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** From a request at {@code /v1} to its operation, and from every failure to this door's error; for one event loop. */
public final class OpenAiRoutes {
    /** In bytes; OpenAI's clients send whole histories. Reading more at once would hold the event loop up for too long. */
    private static final int MAX_BODY = 8 * 1024 * 1024;

    /** Of operations that read none. */
    private static final int MAX_IGNORED_BODY = 64 * 1024;

    private final String prefix;
    private final Authenticator authenticator;
    private final LimitStep limits;
    private final IdempotencyStep idempotency;
    private final ConnectionDeadlines deadlines;
    private final BytesInFlight memory;
    private final OperationTable operations;

    /** @param prefix of the paths, which some proxies take away; empty if there is none */
    public OpenAiRoutes(
            Vertx vertx,
            String prefix,
            Authenticator authenticator,
            EndedSessions endedSessions,
            LimitStep limits,
            IdempotencyStep idempotency,
            ConnectionDeadlines deadlines,
            BytesInFlight memory,
            TurnFeed turns,
            SentFiles files) {
        this.prefix = prefix;
        this.authenticator = authenticator;
        this.limits = limits;
        this.idempotency = idempotency;
        this.deadlines = deadlines;
        this.memory = memory;
        this.operations = new OperationTable();
        new ModelOperations(turns.bus()).mount(operations);
        new ConversationOperations(turns.bus(), files).mount(operations);
        new ResponseOperations(vertx, turns, endedSessions, files).mount(operations);
        new ChatCompletions(vertx, turns.bus()).mount(operations);
    }

    public void mount(Router router) {
        var door = prefix + Exchange.DOOR;
        router.route().handler(context -> {
            var path = String.valueOf(context.request().path());
            if (isBelow(path, Exchange.DOOR) || isBelow(path, door)) handle(context.request());
            else context.next();
        });
    }

    /** Answers a request for this door that was refused before it got here. Returns false if it is for another one. */
    public static boolean answer(HttpServerRequest request, String prefix, Throwable failure) {
        if (!isOwn(request, prefix)) return false;
        boolean isPath = String.valueOf(request.path()).contains("//");
        answerError(request, isPath ? OpenAiError.of(request, failure).asUnknownUrl(request) : failure);
        return true;
    }

    private static boolean isOwn(HttpServerRequest request, String prefix) {
        var path = String.valueOf(request.path());
        return isBelow(path, Exchange.DOOR) || isBelow(path, prefix + Exchange.DOOR);
    }

    private static boolean isBelow(String path, String door) {
        return path.startsWith(door) && (path.length() == door.length() || path.charAt(door.length()) == '/');
    }

    static void answerError(HttpServerRequest request, Throwable failure) {
        var error = OpenAiError.of(request, failure);
        Problems.answer(
                request,
                failure,
                error.http(),
                MediaTypes.JSON,
                Buffer.buffer(error.body().toString()));
    }

    private void handle(HttpServerRequest http) {
        try {
            run(http, operations.find(http, segments(http)));
        } catch (RuntimeException refused) {
            answerError(http, refused);
        }
    }

    /** The parts of the path below the door, decoded. */
    private List<String> segments(HttpServerRequest http) {
        var path = String.valueOf(http.path());
        var door = isBelow(path, Exchange.DOOR) ? Exchange.DOOR : prefix + Exchange.DOOR;
        if (path.length() == door.length()) return List.of();
        return List.of(path.substring(door.length() + 1).split("/", -1)).stream()
                .map(part -> QueryStringDecoder.decodeComponent(part.replace("+", "%2B")))
                .toList();
    }

    private void run(HttpServerRequest http, OperationTable.Found found) {
        var share = memory.open();
        boolean hasBody = BodyReader.hasBody(http);
        // What arrives while no handler is set is lost, and authentication may take a while.
        if (hasBody) http.pause();
        limits.admit(
                        http,
                        authenticator,
                        found.operation().isStream(http),
                        identity -> run(http, found, identity, share))
                .onFailure(failure -> answerError(http, failure))
                .onComplete(done -> {
                    share.release();
                    if (hasBody) BodyReader.resume(http);
                });
    }

    private Future<Void> run(
            HttpServerRequest http, OperationTable.Found found, Identity identity, BytesInFlight.Share share) {
        var operation = found.operation();
        checkScope(identity, operation.scopes());
        return body(http, operation, share).compose(body -> {
            deadlines.requestReceived(http, () -> answerError(http, Problem.timeout()));
            var fields = body.length() == 0 && !operation.takesBody() ? Fields.NONE : fields(http, body);
            var key = operation.takesBody() ? idempotency.key(http, body) : Optional.<IdempotencyKey>empty();
            return operation.run().apply(new Exchange(http, identity, found.path(), fields, key, deadlines, memory));
        });
    }

    private static void checkScope(Identity identity, List<Scope> needed) {
        if (!identity.caller().may(needed)) throw HttpError.insufficientScope(needed);
    }

    private Future<Buffer> body(HttpServerRequest http, OperationTable.Operation operation, BytesInFlight.Share share) {
        if (!BodyReader.hasBody(http)) return Future.succeededFuture(Buffer.buffer());
        var body = BodyReader.read(http, share, deadlines, operation.takesBody() ? MAX_BODY : MAX_IGNORED_BODY);
        BodyReader.resume(http);
        return operation.takesBody() ? body : body.map(ignored -> Buffer.buffer());
    }

    private static Fields fields(HttpServerRequest http, Buffer body) {
        if (http.headers().contains(HttpHeaders.CONTENT_ENCODING)) throw HttpError.compressed();
        var type = http.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null
                || !type.toLowerCase(Locale.ROOT).split(";", -1)[0].strip().equals(MediaTypes.JSON))
            throw HttpError.unsupportedMediaType(List.of(MediaTypes.JSON));
        var json = StrictJson.parse(body);
        StoredForm.check(json);
        return Fields.of(json, "");
    }
}
