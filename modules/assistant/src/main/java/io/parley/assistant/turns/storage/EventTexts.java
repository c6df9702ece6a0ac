package io.parley.assistant.turns.storage;

import io.parley.assistant.turns.storage.TurnEventStore.UserEvent;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.kernel.Json;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.sealing.SealedTexts;
import io.parley.storage.sealing.Texts;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/**
 * The data of events as they are stored: sealed for everybody who encrypts, in turns of all their conversations, so that no event has to
 * look up its conversation. Whoever starts or ends a turn of an encrypted conversation makes sure that the key of its user is known.
 */
final class EventTexts {
    /** Part of a statement that reads events: what identifies one in its turn. The number of a last one is not known before. */
    static final String PLACE = "CASE WHEN type LIKE 'TURN\\_%' THEN type ELSE number::text END AS place";

    private final SealedTexts texts;

    EventTexts(Database database) {
        this.texts = new SealedTexts(sealing(database));
    }

    static Database sealing(Database database) {
        return database.sealing("turn_events", "turn_id", "place");
    }

    /** Adds {@code data} and {@code sealed} of a last event. */
    Future<Parameters> add(TurnKey turn, TurnEvent.Type type, Json data, Parameters values) {
        return texts.isUsed(turn.userId())
                .compose(used -> texts.add(
                        Texts.of("data", data.text()), values, turn.userId(), turn.id() + "/" + type.name(), used));
    }

    /** Empty for those that are stored in clear. */
    Future<List<Optional<Buffer>>> seal(List<UserEvent> events) {
        return Future.all(events.stream().map(this::seal).toList()).map(all -> all.list());
    }

    private Future<Optional<Buffer>> seal(UserEvent each) {
        var event = each.event();
        var id = event.turnId() + "/" + place(event);
        return texts.isUsed(each.userId())
                .compose(used -> used
                        ? texts.seal(Texts.of("data", event.data().text()), each.userId(), id)
                                .map(Optional::of)
                        : Future.succeededFuture(Optional.empty()));
    }

    private static String place(TurnEvent event) {
        return event.type().name().startsWith("TURN_") ? event.type().name() : String.valueOf(event.number());
    }
}
