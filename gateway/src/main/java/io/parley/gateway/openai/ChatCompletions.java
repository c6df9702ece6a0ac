package io.parley.gateway.openai;

import io.parley.contracts.assistant.Chat.Model;
import io.parley.contracts.assistant.Completions;
import io.parley.contracts.assistant.Completions.Pass;
import io.parley.contracts.assistant.Completions.Passed;
import io.parley.contracts.assistant.Completions.Piece;
import io.parley.contracts.limits.Quotas;
import io.parley.contracts.limits.Quotas.TakeTurn;
import io.parley.gateway.http.RateHeaders;
import io.parley.gateway.openai.exchange.Exchange;
import io.parley.gateway.openai.exchange.OpenAiError;
import io.parley.gateway.origin.LocalClients;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.access.Scope;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Chat completions: the request goes to the provider as it is, and so does the answer to the client. */
final class ChatCompletions {
    /** Longer than a provider may be silent. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Vertx vertx;
    private final Bus bus;
    private final Map<UUID, PassedAnswer> open = new HashMap<>();

    ChatCompletions(Vertx vertx, Bus bus) {
        this.vertx = vertx;
        this.bus = bus;
    }

    void mount(OperationTable operations) {
        bus.subscribe(Completions.PIECES, this::pass);
        operations.on(HttpMethod.POST, "chat/completions", List.of(Scope.CHAT), this::complete);
    }

    private void pass(Piece piece) {
        var answer = open.get(piece.id());
        if (answer != null) answer.write(piece);
    }

    private Future<Void> complete(Exchange exchange) {
        var body = exchange.body();
        body.require("messages");
        return ModelOperations.find(bus, exchange.caller(), body.requireText("model"))
                .compose(model -> count(exchange).compose(counted -> complete(exchange, model)));
    }

    private Future<?> count(Exchange exchange) {
        var turn = new TakeTurn(exchange.caller(), LocalClients.sent(exchange.http()));
        return bus.ask(Quotas.TAKE_TURN, turn)
                .onSuccess(left -> RateHeaders.add(exchange.http().response(), left.rates()));
    }

    private Future<Void> complete(Exchange exchange, Model model) {
        var id = Ids.next();
        var body = exchange.body().json().put("model", model.model());
        var answer = new PassedAnswer(vertx, bus, exchange, id);
        open.put(id, answer);
        answer.cancelIfGone();
        var command = new Pass(exchange.caller(), id, model.provider(), model.model(), new Json(body.toString()));
        return exchange.waitFor(bus.ask(Completions.PASS, command, PATIENCE))
                .compose(head -> begin(answer, head))
                .onComplete(done -> open.remove(id));
    }

    private static Future<Void> begin(PassedAnswer answer, Passed head) {
        return switch (head.status()) {
            case 200 -> answer.begin(head);
            case 429 -> throw OpenAiError.providerLimited(head.retryAfter());
            case 503, 504 -> throw OpenAiError.providerFailed(head.status());
            default -> throw OpenAiError.providerFailed(502);
        };
    }
}
