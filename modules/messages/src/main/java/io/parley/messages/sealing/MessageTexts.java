package io.parley.messages.sealing;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Placement;
import io.parley.kernel.Json;
import io.parley.messages.parts.StoredParts;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.sealing.SealedTexts;
import io.parley.storage.sealing.Texts;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The texts of posted messages: clear, or sealed in encrypted conversations. */
public final class MessageTexts {
    /** What the provider attached is sealed by itself, because hardly any statement reads it. */
    public static final String STATES = "message_states";

    /** The table of feedback, whose comments are sealed as well. */
    public static final String FEEDBACK = "message_feedback";

    private final SealedTexts texts;
    private final SealedTexts states;
    private final EncryptedConversations conversations;

    public MessageTexts(Database database) {
        this.conversations = new EncryptedConversations(database);
        this.texts = new SealedTexts(database);
        this.states = new SealedTexts(database.sealing(STATES, "id"));
    }

    /** As {@link SealedTexts#write}. */
    public Future<Optional<Message>> write(Messages.Post command, Supplier<Future<Optional<Message>>> write) {
        return texts.write(command.caller().userId(), write);
    }

    /** Adds everything that the model or its provider has said as well. */
    public Future<Parameters> add(Messages.Post command, Parameters values) {
        var state = command.providerState();
        var said = texts(command.draft()).and("reasoning", command.reasoning());
        values.and("state_provider", state == null ? null : state.provider());
        return isEncrypted(command)
                .compose(encrypted -> texts.add(said, values, userId(command), id(command), encrypted)
                        .compose(added -> sealedState(command, encrypted)
                                .map(bytes -> added.and("sealed_state", bytes.orElse(null))
                                        .and(
                                                "provider_state",
                                                state == null || encrypted
                                                        ? null
                                                        : state.state().text()))));
    }

    private Future<Optional<Buffer>> sealedState(Messages.Post command, boolean encrypted) {
        var state = command.providerState();
        if (state == null || !encrypted) return Future.succeededFuture(Optional.empty());
        return states.seal(Texts.of("provider_state", state.state().text()), userId(command), id(command))
                .map(Optional::of);
    }

    /** For a comparison in the database, which can compare only what is stored in clear. */
    public static Parameters addCompared(Messages.Post command, Parameters values, boolean encrypted) {
        texts(command.draft()).byColumn().forEach((column, text) -> values.and(column, encrypted ? null : text));
        return values;
    }

    /** The same comparison for one that was opened. */
    public static boolean equal(Message message, Messages.Post command) {
        var draft = command.draft();
        return Objects.equals(message.content(), draft.content())
                && Objects.equals(message.parts(), draft.parts())
                && equal(message.toolCalls(), draft.toolCalls())
                && equal(message.toolResults(), draft.toolResults())
                && equal(message.metadata(), metadata(draft));
    }

    private static boolean equal(@Nullable Json one, @Nullable Json other) {
        if (one == null || other == null) return one == null && other == null;
        return io.vertx.core.json.Json.decodeValue(one.text())
                .equals(io.vertx.core.json.Json.decodeValue(other.text()));
    }

    /** Whether the conversation is. */
    public Future<Boolean> isEncrypted(Messages.Post command) {
        return command.placement() == Placement.FOLLOWING
                ? conversations.containUntilPurged(userId(command), command.conversationId())
                : conversations.contain(userId(command), command.conversationId());
    }

    static Texts texts(MessageDraft draft) {
        return Texts.of("content", draft.content())
                .and("parts", StoredParts.write(draft.parts()))
                .and("tool_calls", draft.toolCalls())
                .and("tool_results", draft.toolResults())
                .and("metadata", metadata(draft));
    }

    private static Json metadata(MessageDraft draft) {
        return draft.metadata() == null ? Json.EMPTY_OBJECT : draft.metadata();
    }

    /** Of the message that is stored. */
    public static UUID id(Messages.Post command) {
        var chosen = command.draft().id();
        return chosen == null ? command.newId() : chosen;
    }

    private static UUID userId(Messages.Post command) {
        return command.caller().userId();
    }
}
