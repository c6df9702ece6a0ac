package io.parley.gateway.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.assistant.Chat.Model;
import io.parley.contracts.assistant.Chat.Started;
import io.parley.contracts.assistant.Responses;
import io.parley.contracts.assistant.Responses.Found;
import io.parley.contracts.assistant.Responses.ModelRequest;
import io.parley.contracts.assistant.Responses.UnstoredFile;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.contracts.assistant.TurnOutcome;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.contracts.conversations.Conversations.Origin;
import io.parley.contracts.messages.MessagePart;
import io.parley.gateway.attachments.SentFiles;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.http.RateHeaders;
import io.parley.gateway.limits.TurnLimit;
import io.parley.gateway.openai.exchange.Exchange;
import io.parley.gateway.openai.exchange.Fields;
import io.parley.gateway.openai.exchange.OpenAiError;
import io.parley.gateway.openai.exchange.OpenAiIds;
import io.parley.gateway.openai.items.ItemReader;
import io.parley.gateway.openai.items.ReadItems;
import io.parley.gateway.origin.LocalClients;
import io.parley.gateway.streams.AwaitedOutcome;
import io.parley.gateway.streams.StreamSession;
import io.parley.gateway.streams.TurnFeed;
import io.parley.gateway.streams.TurnFollower;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Begins responses, and answers with them as a whole or as a stream. */
final class NewResponses {
    /** How often to ask for an outcome that may have been published without reaching this node. */
    private static final long CHECK_MILLIS = 2_000;

    /** What points at a part of a message. */
    private static final Pattern PART = Pattern.compile("/input/([0-9]+)/parts/([0-9]+)");

    private final Vertx vertx;
    private final Bus bus;
    private final TurnFeed feed;
    private final TurnLimit limit;
    private final EndedSessions endedSessions;
    private final SentFiles files;

    /**
     * Where a response stands.
     *
     * @param isNew whether the conversation has to be made first
     * @param shown members of the response that say the same
     */
    private record Place(UUID conversationId, Patch<UUID> parent, boolean isNew, ObjectNode shown) {}

    private record Wanted(
            Exchange exchange, UUID turnId, Place place, ReadItems input, ModelRequest request, boolean isStored) {
        Caller caller() {
            return exchange.caller();
        }

        Responses.Create command() {
            var files = isStored
                    ? List.<UnstoredFile>of()
                    : input.files().stream()
                            .map(file -> new UnstoredFile(file.id(), file.data()))
                            .toList();
            return new Responses.Create(
                    caller(), turnId, place.conversationId(), place.parent(), input.drafts(), files, request, isStored);
        }
    }

    NewResponses(Vertx vertx, TurnFeed feed, EndedSessions endedSessions, SentFiles files) {
        this.vertx = vertx;
        this.bus = feed.bus();
        this.feed = feed;
        this.limit = new TurnLimit(bus);
        this.endedSessions = endedSessions;
        this.files = files;
    }

    Future<Void> create(Exchange exchange) {
        var body = exchange.body();
        ModelRequests.checkNames(body);
        boolean isStored = body.flag("store", true);
        boolean isStream = body.flag("stream", false);
        boolean isBackground = body.flag("background", false);
        checkStore(body, isStored, isBackground);
        var input = input(exchange);
        var turnId = isStored
                ? exchange.key().map(key -> key.idFor(exchange.caller())).orElseGet(Ids::next)
                : Ids.next();
        return model(exchange)
                .compose(model -> checkFiles(exchange, model, input).map(model))
                .compose(model -> place(exchange, turnId).compose(place -> {
                    var request = ModelRequests.read(body, model, place.shown());
                    var wanted = new Wanted(exchange, turnId, place, input, request, isStored);
                    if (isStream) return isStored ? stream(wanted) : streamUnstored(wanted);
                    if (isBackground) return start(wanted).compose(started -> answer(wanted, started));
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

    private static ReadItems input(Exchange exchange) {
        var body = exchange.body();
        var input = body.require("input");
        if (input.isTextual()) return ItemReader.user(input.textValue(), "input");
        var read = ItemReader.read(exchange.caller(), body.array("input"), "input");
        var drafts = read.drafts();
        if (drafts.isEmpty()) throw OpenAiError.invalidValue("input", "must have something to answer");
        if (drafts.size() > Responses.MAX_INPUT)
            throw OpenAiError.invalidValue("input", "must not have more than " + Responses.MAX_INPUT + " items");
        return read;
    }

    // Before a file is stored. Which model answers if the request names none is decided later, and checked again then.
    private Future<?> checkFiles(Exchange exchange, @Nullable Model model, ReadItems input) {
        if (input.drafts().stream().noneMatch(draft -> MessagePart.haveFile(draft.parts())))
            return Future.succeededFuture();
        var named = model == null
                ? files.areTaken(exchange.caller(), null, null)
                : files.areTaken(exchange.caller(), model.provider(), model.model());
        return named.map(taken -> {
            if (!taken) throw filesNotTaken(input);
            return taken;
        });
    }

    private static OpenAiError filesNotTaken(ReadItems input) {
        for (int at = 0; at < input.drafts().size(); at++) {
            var parts = input.drafts().get(at).parts();
            for (int part = 0; parts != null && part < parts.size(); part++)
                if (parts.get(part).namesFile())
                    return unsupported(input, at, part, "is a file, and the model that answers takes none");
        }
        throw new IllegalArgumentException("no part is a file");
    }

    private static OpenAiError unsupported(ReadItems input, int draft, int part, String detail) {
        var param = input.params().get(draft) + '[' + part + ']';
        return OpenAiError.invalid(param, "unsupported_content_type", "Invalid '" + param + "': it " + detail + '.');
    }

    private Future<@Nullable Model> model(Exchange exchange) {
        var id = exchange.body().text("model");
        return id == null
                ? Future.succeededFuture(null)
                : ModelOperations.find(bus, exchange.caller(), id).map(model -> model);
    }

    private Future<Place> place(Exchange exchange, UUID turnId) {
        var body = exchange.body();
        var conversation = conversation(body);
        var previous = body.text("previous_response_id");
        if (previous != null) return after(exchange.caller(), previous);
        var shown = JsonNodeFactory.instance.objectNode();
        if (conversation != null) return Future.succeededFuture(new Place(conversation, Patch.absent(), false, shown));
        shown.put("conversation_hidden", true);
        return Future.succeededFuture(
                new Place(Ids.within(turnId, "conversation"), Patch.absent(), body.flag("store", true), shown));
    }

    private static @Nullable UUID conversation(Fields body) {
        var value = body.value("conversation");
        if (value == null) return null;
        var id = value.isTextual()
                ? value.textValue()
                : Fields.of(value, "conversation").requireText("id");
        return OpenAiIds.read(OpenAiIds.CONVERSATION, id)
                .orElseThrow(() -> new OpenAiError(404, "not_found", "conversation", "There is no such conversation."));
    }

    private Future<Place> after(Caller caller, String previous) {
        var id = OpenAiIds.read(OpenAiIds.RESPONSE, previous).orElseThrow(NewResponses::noPrevious);
        return bus.ask(Responses.FIND, new Responses.Find(caller, id))
                .recover(failure -> Future.failedFuture(isKind(failure, Kind.NOT_FOUND) ? noPrevious() : failure))
                .map(found -> after(found, previous));
    }

    private static Place after(Found found, String previous) {
        var turn = found.turn();
        if (turn.status() == Status.RUNNING)
            throw new OpenAiError(
                    409, "conversation_locked", "previous_response_id", "That response is still running.");
        var messages = found.messages();
        var parent = messages.isEmpty()
                ? turn.userMessageId()
                : messages.get(messages.size() - 1).id();
        var shown = JsonNodeFactory.instance.objectNode().put("previous_response_id", previous);
        var kept = found.kept();
        if (kept != null && kept.text().contains("\"conversation_hidden\"")) shown.put("conversation_hidden", true);
        return new Place(turn.conversationId(), Patch.to(parent), false, shown);
    }

    private static OpenAiError noPrevious() {
        return OpenAiError.invalid(
                "previous_response_id", "previous_response_not_found", "There is no such response before this one.");
    }

    private Future<Started> start(Wanted wanted) {
        return storeFiles(wanted)
                .compose(stored -> conversation(wanted))
                .compose(ready -> limit.start(
                        wanted.caller(),
                        LocalClients.sent(wanted.exchange().http()),
                        rates -> RateHeaders.add(wanted.exchange().http().response(), rates),
                        () -> bus.ask(Responses.CREATE, wanted.command())))
                .recover(failure -> drop(wanted).transform(dropped -> Future.failedFuture(explained(wanted, failure))));
    }

    private Future<Void> storeFiles(Wanted wanted) {
        if (!wanted.isStored()) return Future.succeededFuture();
        var sent = wanted.input().files();
        var place = wanted.place();
        return place.isNew()
                ? files.store(wanted.caller(), sent)
                : files.storeFor(wanted.caller(), place.conversationId(), sent);
    }

    private static Throwable explained(Wanted wanted, Throwable failure) {
        if (!(failure instanceof Problem problem) || problem.kind() != Kind.INVALID) return failure;
        var fault = problem.faults().get(0);
        if (fault.pointer().equals("/parent_id")) return noPrevious();
        var part = PART.matcher(fault.pointer());
        return part.matches()
                ? unsupported(
                        wanted.input(),
                        Integer.parseInt(part.group(1)),
                        Integer.parseInt(part.group(2)),
                        fault.detail())
                : failure;
    }

    private Future<?> conversation(Wanted wanted) {
        return wanted.place().isNew()
                ? bus.ask(
                        Conversations.CREATE,
                        new Conversations.Create(
                                wanted.caller(),
                                wanted.place().conversationId(),
                                new ConversationDraft(null, null, null),
                                Origin.RESPONSES))
                : Future.succeededFuture();
    }

    /** Removes a conversation that was made for a response that could not begin. */
    private Future<?> drop(Wanted wanted) {
        return wanted.place().isNew() && wanted.exchange().key().isEmpty()
                ? bus.ask(
                        Conversations.DELETE,
                        new Conversations.Delete(wanted.caller(), wanted.place().conversationId(), Versions.ANY))
                : Future.succeededFuture();
    }

    private static Future<Void> answer(Wanted wanted, Started started) {
        return wanted.exchange()
                .answer(ResponseBody.of(started.turn(), wanted.request().kept(), List.of()));
    }

    private Future<Void> stream(Wanted wanted) {
        var exchange = wanted.exchange();
        return start(wanted)
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

    private Future<Void> answerWhole(Wanted wanted) {
        var exchange = wanted.exchange();
        return start(wanted).compose(started -> {
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

    private static Future<Void> answer(Wanted wanted, TurnOutcome outcome) {
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
    private AwaitedOutcome await(Wanted wanted) {
        var awaited = new AwaitedOutcome(feed, wanted.caller(), wanted.turnId());
        awaited.open();
        return awaited;
    }

    private Future<Void> answerUnstored(Wanted wanted) {
        var exchange = wanted.exchange();
        var awaited = await(wanted);
        exchange.http().response().closeHandler(closed -> abandon(wanted, awaited));
        return start(wanted)
                .onFailure(failure -> awaited.close())
                .compose(started -> exchange.waitFor(awaited.outcome()))
                .compose(outcome -> answer(wanted, outcome));
    }

    private Future<Void> streamUnstored(Wanted wanted) {
        var exchange = wanted.exchange();
        var awaited = await(wanted);
        var turnId = wanted.turnId();
        var early = new EarlyEvents();
        var follower = TurnFollower.unstored(feed, wanted.caller(), turnId, early);
        follower.open();
        return start(wanted)
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

    private void abandon(Wanted wanted, AwaitedOutcome awaited) {
        awaited.close();
        bus.publish(Responses.ABANDONED, new Responses.Abandoned(wanted.turnId()));
    }

    private static boolean isKind(Throwable failure, Kind kind) {
        return failure instanceof Problem problem && problem.kind() == kind;
    }
}
