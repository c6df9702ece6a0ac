package io.parley.assistant.summaries;

import io.parley.assistant.history.HistoryBytes;
import io.parley.contracts.messages.BranchDigest;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.UpTo;
import io.parley.kernel.Bus;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/**
 * The input of a summary: the previous summary and the messages after it. They are read newest first, as far as requests to a
 * model may reach.
 */
final class CoveredMessages {
    private static final int PAGE_SIZE = 50;

    private final Bus bus;
    private final SummaryLimits limits;
    private final Span span;
    private final HistoryBytes bytes;
    private final Transcript transcript = new Transcript();
    private final ExtractiveText extract;
    private BranchDigest read = BranchDigest.EMPTY;
    private BranchDigest before = BranchDigest.EMPTY;
    private String previous = "";
    private boolean isAnythingSaid;

    CoveredMessages(Bus bus, SummaryLimits limits, Span span) {
        this.bus = bus;
        this.limits = limits;
        this.span = span;
        this.bytes = new HistoryBytes(limits.historyBytes());
        this.extract = new ExtractiveText(limits.tokens());
    }

    /** Fails conflict if it contains no text. */
    Future<CoveredMessages> read() {
        var upTo = span.upTo();
        add(upTo);
        return readBefore(new Cursor(upTo.createdAt(), upTo.id())).map(done -> {
            if (!isAnythingSaid) throw ConversationSummaries.nothing();
            return this;
        });
    }

    private Future<Void> readBefore(Cursor cursor) {
        return Span.page(bus, span.caller(), span.conversationId(), cursor, PAGE_SIZE)
                .compose(this::addAll);
    }

    private Future<Void> addAll(Page<Message> page) {
        for (var message : page.items()) {
            if (isEndOfPrevious(message)) {
                before = previous().digest();
                usePrevious();
                return Future.succeededFuture();
            }
            if (transcript.tokens() > limits.mostTokens() || !bytes.haveRoomFor(message)) return leaveOut(message.id());
            add(message);
        }
        return page.nextCursor() == null ? Future.succeededFuture() : readBefore(page.nextCursor());
    }

    private boolean isEndOfPrevious(Message message) {
        var base = span.previous();
        return base != null && base.summary().upToMessageId().equals(message.id());
    }

    private StoredSummary previous() {
        var base = span.previous();
        if (base == null) throw new IllegalStateException("there is no previous summary");
        return base;
    }

    private void usePrevious() {
        previous = previous().summary().text();
        isAnythingSaid = true;
    }

    private void add(Message message) {
        read = read.plus(message);
        transcript.addBefore(message, limits.mostTokens());
        extract.addBefore(message);
        if (message.role() != Role.SYSTEM) isAnythingSaid = true;
    }

    // The messages up to this one are not read, but the summary covers them, so it is not valid after they change.
    private Future<Void> leaveOut(UUID upTo) {
        if (span.previous() != null) usePrevious();
        var query = new Messages.FindDigests(span.caller(), span.conversationId(), span.leafId(), List.of(upTo));
        return bus.ask(Messages.DIGESTS, query).map(found -> {
            before = found.items().stream().map(UpTo::digest).findFirst().orElseThrow(SummaryMaker::changedMeanwhile);
            return null;
        });
    }

    Span span() {
        return span;
    }

    BranchDigest digest() {
        return read.plus(before);
    }

    Transcript transcript() {
        return transcript;
    }

    /** The text of the previous summary; empty if there is none. */
    String previousText() {
        return previous;
    }

    String extract() {
        return extract.text(previous);
    }
}
