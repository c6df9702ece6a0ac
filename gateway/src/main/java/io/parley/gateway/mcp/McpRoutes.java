package io.parley.gateway.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.contract.Authenticator;
import io.parley.gateway.contract.Identity;
import io.parley.gateway.contract.LimitStep;
import io.parley.gateway.http.Answer;
import io.parley.gateway.http.BodyReader;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.http.HttpError;
import io.parley.gateway.http.Problems;
import io.parley.gateway.limits.SearchLimit;
import io.parley.gateway.origin.PageOrigins;
import io.parley.gateway.streams.ChangeFeed;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.parley.kernel.async.BytesInFlight;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request, one answer in JSON, without sessions; only a subscription is answered with a stream. For one event loop. */
public final class McpRoutes {
    static final String PATH = "/mcp";

    private final PageOrigins origins;
    private final Authenticator authenticator;
    private final LimitStep limits;
    private final ConnectionDeadlines deadlines;
    private final BytesInFlight memory;
    private final McpMethods methods;
    private final Subscriptions subscriptions;

    /** A request on its way, and its id as soon as that is known. */
    private static final class Exchange {
        private final HttpServerRequest http;
        private final BytesInFlight.Share body;
        private @Nullable JsonNode id;
        /** What begins once the request is answered as far as it is no stream. */
        private @Nullable Supplier<Future<Void>> stream;

        private @Nullable Identity identity;

        Exchange(HttpServerRequest http, BytesInFlight.Share body) {
            this.http = http;
            this.body = body;
        }

        void fail(Throwable failure) {
            answerError(http, id, failure);
        }
    }

    /** @param origins whose pages may use it */
    public McpRoutes(
            Bus bus,
            PageOrigins origins,
            Authenticator authenticator,
            LimitStep limits,
            ConnectionDeadlines deadlines,
            BytesInFlight memory,
            SearchLimit searches,
            ChangeFeed changes,
            EndedSessions endedSessions) {
        this.origins = origins;
        this.authenticator = authenticator;
        this.limits = limits;
        this.deadlines = deadlines;
        this.memory = memory;
        this.methods = new McpMethods(bus, searches);
        this.subscriptions = new Subscriptions(changes, endedSessions);
    }

    public void mount(Router router) {
        router.route(PATH).handler(context -> handle(context.request()));
    }

    /** Answers a request for this door that was refused before it got here. Returns false if it is for another one. */
    public static boolean answer(HttpServerRequest request, String prefix, Throwable failure) {
        var path = String.valueOf(request.path());
        if (!path.equals(PATH) && !path.equals(prefix + PATH)) return false;
        answerError(request, null, failure);
        return true;
    }

    private static void answerError(HttpServerRequest request, @Nullable JsonNode id, Throwable failure) {
        var error = McpError.of(request, failure);
        Problems.answer(request, failure, error.http(), "application/json", buffer(error.body(id)));
    }

    // Clients find out without a token which methods there are: a 401 would send them to sign in.
    private void handle(HttpServerRequest http) {
        var exchange = new Exchange(http, memory.open());
        if (!origins.permit(http)) exchange.fail(HttpError.foreignOrigin());
        else if (http.method().equals(HttpMethod.POST)) post(exchange);
        else if (http.method().equals(HttpMethod.OPTIONS) && http.headers().contains(HttpHeaders.ORIGIN))
            Answer.empty(204).write(http.response());
        else exchange.fail(HttpError.methodNotAllowed("POST"));
    }

    private void post(Exchange exchange) {
        var http = exchange.http;
        boolean hasBody = BodyReader.hasBody(http);
        // What arrives while no handler is set is lost, and authentication may take a while.
        if (hasBody) http.pause();
        limits.admit(http, authenticator, false, identity -> answer(exchange, identity))
                .onComplete(done -> {
                    exchange.body.release();
                    if (hasBody) BodyReader.resume(http);
                })
                .compose(answered -> stream(exchange))
                .onFailure(exchange::fail);
    }

    // Only the body says whether the answer is a stream. Streams are counted apart from requests, which are short.
    private Future<Void> stream(Exchange exchange) {
        return exchange.stream == null || exchange.identity == null
                ? Future.succeededFuture()
                : limits.admit(exchange.http, exchange.identity, true, exchange.stream);
    }

    private Future<Void> answer(Exchange exchange, Identity identity) {
        MediaRules.check(exchange.http);
        return body(exchange)
                .map(Envelope::json)
                .onSuccess(json -> exchange.id = Envelope.id(json))
                .map(Envelope::of)
                .compose(envelope -> answer(exchange, identity, envelope));
    }

    private Future<Buffer> body(Exchange exchange) {
        var http = exchange.http;
        var body = BodyReader.hasBody(http)
                ? BodyReader.read(http, exchange.body, deadlines)
                : Future.succeededFuture(Buffer.buffer());
        BodyReader.resume(http);
        return body.onSuccess(read -> deadlines.requestReceived(http, () -> exchange.fail(Problem.timeout())));
    }

    private Future<Void> answer(Exchange exchange, Identity identity, Envelope envelope) {
        var response = exchange.http.response();
        var id = envelope.id();
        if (id == null) return Answer.empty(202).write(response);
        boolean isModern = HeaderRules.check(exchange.http, envelope);
        if (isModern && envelope.method().equals(Subscriptions.METHOD)) {
            var wanted = subscriptions.read(exchange.http, identity.caller(), envelope);
            exchange.identity = identity;
            exchange.stream = () -> subscriptions.open(exchange.http, deadlines, identity, id, wanted);
            return Future.succeededFuture();
        }
        return methods.run(identity.caller(), envelope, isModern).compose(result -> {
            var answer = Answer.json(200, Map.of(), buffer(answer(id, result)));
            return memory.whileWriting(answer.size(), () -> answer.write(response));
        });
    }

    private static ObjectNode answer(JsonNode id, ObjectNode result) {
        var answer = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        answer.set("id", id);
        answer.set("result", result);
        return answer;
    }

    private static Buffer buffer(JsonNode json) {
        return Buffer.buffer(json.toString());
    }
}
