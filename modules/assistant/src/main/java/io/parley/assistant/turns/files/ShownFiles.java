package io.parley.assistant.turns.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.assistant.history.HistoryMessage;
import io.parley.assistant.models.ModelChoice;
import io.parley.assistant.models.Prompt.Piece;
import io.parley.assistant.models.Prompt.ShownFile;
import io.parley.contracts.assistant.Responses.UnstoredFile;
import io.parley.contracts.files.FileTypes;
import io.parley.contracts.files.Files;
import io.parley.contracts.files.StoredFile;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessagePart;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.async.BytesInFlight;
import io.parley.kernel.async.Futures;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads the files of a conversation for a model, those of the newest messages first, and says in words what it is not sent: files that do
 * not fit, that were deleted, and all of them if the model takes none. For one turn.
 */
public final class ShownFiles {
    /** A file is held in Base64, and when a request is written, twice more. */
    private static final int COPIES = 4;

    private final Bus bus;
    private final Caller caller;
    private final ModelChoice choice;
    private final BytesInFlight.Share memory;
    private final Map<UUID, byte[]> unstored;
    private long left;

    /**
     * @param mostBytes of all files together
     * @param memory from which they are taken; the turn gives it back
     * @param unstored files that are not stored
     */
    public ShownFiles(
            Bus bus,
            Caller caller,
            ModelChoice choice,
            int mostBytes,
            BytesInFlight.Share memory,
            List<UnstoredFile> unstored) {
        this.bus = bus;
        this.caller = caller;
        this.choice = choice;
        this.left = mostBytes;
        this.memory = memory;
        this.unstored = unstored.stream().collect(Collectors.toMap(UnstoredFile::id, UnstoredFile::data));
    }

    /**
     * The same messages with their files. Fails overloaded if there is no memory for them.
     *
     * @param messages oldest first
     */
    public Future<List<HistoryMessage>> addTo(List<HistoryMessage> messages) {
        if (messages.stream()
                .noneMatch(each -> MessagePart.haveFile(each.message().parts())))
            return Future.succeededFuture(messages);
        var newestFirst = new ArrayList<HistoryMessage>();
        return Futures.loop(() -> {
                    int at = messages.size() - 1 - newestFirst.size();
                    return at < 0
                            ? Future.succeededFuture(false)
                            : shown(messages.get(at)).map(newestFirst::add);
                })
                .map(all -> {
                    Collections.reverse(newestFirst);
                    return List.copyOf(newestFirst);
                });
    }

    private Future<HistoryMessage> shown(HistoryMessage each) {
        var message = each.message();
        var parts = message.parts();
        if (parts == null || !MessagePart.haveFile(parts)) return Future.succeededFuture(each);
        // Providers take no files in what their models have said.
        boolean isTaken = choice.takesImages() && message.role() == Role.USER;
        var pieces = new ArrayList<Piece>();
        return Futures.loop(() -> pieces.size() == parts.size()
                        ? Future.succeededFuture(false)
                        : piece(parts.get(pieces.size()), isTaken).map(pieces::add))
                .map(all -> each.with(List.copyOf(pieces)));
    }

    private Future<Piece> piece(MessagePart part, boolean isTaken) {
        if (!part.namesFile()) return Future.succeededFuture(Piece.of(Objects.requireNonNull(part.text())));
        if (!isTaken) return Future.succeededFuture(Piece.of(FileNotes.NOT_TAKEN.of(part)));
        var data = unstored.get(part.requireFileId());
        return data == null
                ? stored(part)
                : content(part, String.valueOf(part.mediaType()), data.length, () -> Future.succeededFuture(data));
    }

    private Future<Piece> stored(MessagePart part) {
        return bus.ask(Files.FIND, new Files.Find(caller, part.requireFileId()))
                .compose(file -> content(part, file.mediaType(), file.size(), () -> read(file)))
                .recover(failure -> isGone(failure)
                        ? Future.succeededFuture(Piece.of(FileNotes.GONE.of(part)))
                        : Future.failedFuture(failure));
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof Problem problem
                && (problem.kind() == Kind.NOT_FOUND || problem.kind() == Kind.FORBIDDEN);
    }

    private Future<Piece> content(MessagePart part, String mediaType, long size, Supplier<Future<byte[]>> read) {
        if (!QuestionFiles.isShown(mediaType)) return Future.succeededFuture(Piece.of(FileNotes.NOT_TAKEN.of(part)));
        if (size > left) return Future.succeededFuture(Piece.of(FileNotes.LEFT_OUT.of(part)));
        if (!memory.take(COPIES * size)) return Future.failedFuture(Problem.overloaded());
        left -= size;
        return read.get().map(data -> piece(part, mediaType, data));
    }

    private static Piece piece(MessagePart part, String mediaType, byte[] data) {
        return mediaType.equals(FileTypes.TEXT)
                ? Piece.of("The file \"" + part.name() + "\":\n\n" + new String(data, UTF_8))
                : Piece.of(new ShownFile(
                        String.valueOf(part.name()),
                        mediaType,
                        Base64.getEncoder().encodeToString(data)));
    }

    private Future<byte[]> read(StoredFile file) {
        var content = Buffer.buffer((int) file.size());
        var number = new int[1];
        Function<Files.Chunk, Boolean> append = chunk -> {
            content.appendBytes(chunk.data());
            return true;
        };
        return Futures.loop(() -> content.length() >= file.size()
                        ? Future.succeededFuture(false)
                        : bus.ask(Files.READ, new Files.Read(caller, file.id(), number[0]++))
                                .map(append))
                .map(read -> content.getBytes());
    }
}
