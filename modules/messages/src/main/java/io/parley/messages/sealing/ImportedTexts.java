package io.parley.messages.sealing;

import io.parley.contracts.messages.ImportedMessages;
import io.parley.contracts.messages.ImportedMessages.ImportedMessage;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.sealing.SealedTexts;
import io.parley.storage.sealing.Texts;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The texts of imported messages and of their feedback, as columns of many rows: clear, or sealed in encrypted conversations. */
public final class ImportedTexts {
    private static final Map<String, String> PARAMETERS = Map.of(
            "content", "contents",
            "parts", "parts",
            "reasoning", "reasonings",
            "tool_calls", "tool_calls",
            "tool_results", "tool_results",
            "metadata", "metadata");

    private final EncryptedConversations conversations;
    private final SealedTexts sealedTexts;
    private final SealedTexts sealedComments;

    public ImportedTexts(Database database) {
        this.conversations = new EncryptedConversations(database);
        this.sealedTexts = new SealedTexts(database);
        this.sealedComments = new SealedTexts(database.sealing(MessageTexts.FEEDBACK, "message_id"));
    }

    /** Adds {@code encrypted}, whether the conversation is, and the columns. */
    public Future<Parameters> add(ImportedMessages.Store command, Parameters values) {
        var user = command.caller().userId();
        var said = command.messages().stream().map(ImportedTexts::texts).toList();
        return isEncrypted(command)
                .compose(encrypted -> seal(
                                command,
                                encrypted,
                                message -> sealedTexts
                                        .seal(texts(message), user, message.id())
                                        .map(Optional::of))
                        .map(bytes -> {
                            PARAMETERS.forEach((column, name) -> values.and(name, column(said, column, encrypted)));
                            return values.and("sealed", bytes).and("encrypted", encrypted);
                        }));
    }

    private static Texts texts(ImportedMessage message) {
        return MessageTexts.texts(message.draft()).and("reasoning", message.reasoning());
    }

    private static @Nullable String[] column(List<Texts> rows, String column, boolean encrypted) {
        return rows.stream()
                .map(each -> encrypted ? null : each.byColumn().get(column))
                .toArray(String[]::new);
    }

    /** Adds {@code sealed} and {@code comments}, those of the feedback. */
    public Future<Parameters> addComments(ImportedMessages.Store command, Parameters values) {
        return isEncrypted(command)
                .compose(encrypted -> seal(
                                command,
                                encrypted,
                                message -> sealedComment(command.caller().userId(), message))
                        .map(bytes -> values.and("sealed", bytes)
                                .and(
                                        "comments",
                                        command.messages().stream()
                                                .map(message -> encrypted ? null : comment(message))
                                                .toArray(String[]::new))));
    }

    private Future<Optional<Buffer>> sealedComment(UUID user, ImportedMessage message) {
        var comment = comment(message);
        return comment == null
                ? Future.succeededFuture(Optional.empty())
                : sealedComments
                        .seal(Texts.of("comment", comment), user, message.id())
                        .map(Optional::of);
    }

    private static @Nullable String comment(ImportedMessage message) {
        return message.feedback() == null ? null : message.feedback().comment();
    }

    private static Future<@Nullable Buffer[]> seal(
            ImportedMessages.Store command,
            boolean encrypted,
            Function<ImportedMessage, Future<Optional<Buffer>>> seal) {
        if (!encrypted)
            return Future.succeededFuture(new Buffer[command.messages().size()]);
        return Future.all(command.messages().stream().map(seal).toList())
                .map(all -> all.<Optional<Buffer>>list().stream()
                        .map(each -> each.orElse(null))
                        .toArray(Buffer[]::new));
    }

    private Future<Boolean> isEncrypted(ImportedMessages.Store command) {
        return conversations.containImported(command.caller().userId(), command.conversationId());
    }
}
