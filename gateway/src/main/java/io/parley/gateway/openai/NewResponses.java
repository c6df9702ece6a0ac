package io.parley.gateway.openai;

import io.parley.contracts.assistant.Chat.Model;
import io.parley.contracts.assistant.Chat.Started;
import io.parley.contracts.assistant.Responses;
import io.parley.contracts.assistant.Responses.Found;
import io.parley.contracts.assistant.TurnOutcome;
import io.parley.gateway.attachments.SentFiles;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.openai.exchange.Exchange;
import io.parley.gateway.openai.exchange.Fields;
import io.parley.gateway.openai.exchange.OpenAiError;
import io.parley.gateway.streams.AwaitedOutcome;
import io.parley.gateway.streams.StreamSession;
import io.parley.gateway.streams.TurnFeed;
import io.parley.gateway.streams.TurnFollower;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Begins responses, and answers with them as a whole or as a stream. */
final class NewResponses {
    /** How often to ask for an outcome that may have been published without reaching this node. */
    private static final long CHECK_MILLIS = 2_000;

    private final Vertx vertx;
    private final Bus bus;
    private final TurnFeed feed;
    private final EndedSessions endedSessions;
    private final SentFiles files;
    private final ResponseStarter starter;

    NewResponses(Vertx vertx, TurnFeed feed, EndedSessions endedSessions, SentFiles files) {
        this.vertx = vertx;
        this.bus = feed.bus();
        this.feed = feed;
        this.endedSessions = endedSessions;
        this.files = files;
        this.starter = new ResponseStarter(bus, files);
    }

    Future<Void> create(Exchange exchange) {
        var body = exchange.body();
        ModelRequests.checkNames(body);
        boolean isStored = body.flag("store", true);
        boolean isStream = body.flag("stream", false);
        boolean isBackground = body.flag("background", false);
        checkStore(body, isStored, isBackground);
        var input = ResponseInput.read(exchange);
        var turnId = isStored
                ? exchange.key().map(key -> key.idFor(exchange.caller())).orElseGet(Ids::next)
                : Ids.next();
        return model(exchange)
                .compose(model ->
                        input.checkFiles(files, exchange.caller(), model).map(model))
                .compose(model -> ResponsePlace.find(bus, exchange, turnId).compose(place -> {
                    var request = ModelRequests.read(body, model, place.shown());
                    var wanted = new NewResponse(exchange, turnId, place, input, request, isStored);
                    if (isStream) return isStored ? stream(wanted) : streamUnstored(wanted);
                    if (isBackground) return starter.start(wanted).compose(started -> answer(wanted, started));
                    return isStored ? answerWhole(wanted) : answerUnstored(wanted);
                }));
    }

    private static void checkStore(Fields body, boolean isStored, boolean isBackground) {
        if (body.value("conversation") != null && body.value("previous_response_id") != null)
            throw OpenAiError.invalid(
                    "previous_response_id",
                    "mutually_exclusive_parameters",
                    "Only one of 'conversation' and 'previous_response_id' can be given.");
        if (isStored) return;
        if (isBackground)
            throw OpenAiError.invalid(
                    "background", "unsupported_parameter", "A response in the background must be stored.");
        if (body.value("conversation") != null)
            throw OpenAiError.invalid(
                    "conversation", "unsupported_parameter", "A response in a conversation must be stored.");
    }

    private Future<@Nullable Model> model(Exchange exchange) {
        var id = exchange.body().text("model");
        return id == null
                ? Future.succeededFuture(null)
                : ModelOperations.find(bus, exchange.caller(), id).map(model -> model);
    }

    private static Future<Void> answer(NewResponse wanted, Started started) {
        return wanted.exchange()
                .answer(ResponseBody.of(started.turn(), wanted.request().kept(), List.of()));
    }

    private Future<Void> stream(NewResponse wanted) {
        var exchange = wanted.exchange();
        return starter.start(wanted)
                .compose(started -> new ResponseStream(
                                exchange,
                                started.turn(),
                                wanted.request().kept(),
                                -1,
                                () -> bus.ask(
                                        Responses.FIND,
                                        new Responses.Find(
                                                exchange.caller(),
                                                started.turn().id())))
                        .follow(vertx, feed, session(exchange), exchange, started.turn()));
    }

    private StreamSession session(Exchange exchange) {
        return new StreamSession(exchange.identity(), endedSessions);
    }

    private Future<Void> answerWhole(NewResponse wanted) {
        var exchange = wanted.exchange();
        return starter.start(wanted).compose(started -> {
            var awaited =
                    new AwaitedOutcome(feed, wanted.caller(), started.turn().id());
            var timer = vertx.setPeriodic(CHECK_MILLIS, tick -> awaited.check());
            exchange.http().response().closeHandler(closed -> awaited.close());
            awaited.open();
            // A new turn is still running, because its start is answered before it can end.
            if (started.isRepeated()) awaited.check();
            return exchange.waitFor(awaited.outcome())
                    .onComplete(done -> vertx.cancelTimer(timer))
                    .recover(failure -> Future.failedFuture(OpenAiError.notAwaited()))
                    .compose(outcome -> answer(wanted, outcome));
        });
    }

    private static Future<Void> answer(NewResponse wanted, TurnOutcome outcome) {
        return wanted.exchange()
                .answer(ResponseBody.of(
                        outcome.turn(), wanted.request().kept(), found(outcome).messages()));
    }

    private static Found found(TurnOutcome outcome) {
        var turn = outcome.turn();
        return new Found(
                turn,
                null,
                outcome.messages().stream()
                        .filter(message -> !message.id().equals(turn.userMessageId()))
                        .toList());
    }

    // Events of a turn that is not stored are lost unless a follower subscribes before it begins.
    private AwaitedOutcome await(NewResponse wanted) {
        var awaited = new AwaitedOutcome(feed, wanted.caller(), wanted.turnId());
        awaited.open();
        return awaited;
    }

    private Future<Void> answerUnstored(NewResponse wanted) {
        var exchange = wanted.exchange();
        var awaited = await(wanted);
        exchange.http().response().closeHandler(closed -> abandon(wanted, awaited));
        return starter.start(wanted)
                .onFailure(failure -> awaited.close())
                .compose(started -> exchange.waitFor(awaited.outcome()))
                .compose(outcome -> answer(wanted, outcome));
    }

    private Future<Void> streamUnstored(NewResponse wanted) {
        var exchange = wanted.exchange();
        var awaited = await(wanted);
        var turnId = wanted.turnId();
        var early = new EarlyEvents();
        var follower = TurnFollower.unstored(feed, wanted.caller(), turnId, early);
        follower.open();
        return starter.start(wanted)
                .onFailure(failure -> {
                    awaited.close();
                    follower.close();
                })
                .compose(started -> {
                    var stream = new ResponseStream(
                            exchange,
                            started.turn(),
                            wanted.request().kept(),
                            -1,
                            () -> awaited.outcome().map(NewResponses::found));
                    var done =
                            stream.follow(vertx, session(exchange), exchange, follower, () -> abandon(wanted, awaited));
                    early.passTo(stream);
                    follower.catchUp();
                    return done;
                });
    }

    private void abandon(NewResponse wanted, AwaitedOutcome awaited) {
        awaited.close();
        bus.publish(Responses.ABANDONED, new Responses.Abandoned(wanted.turnId()));
    }
}
