package io.parley.assistant.models.openai.reply;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ToolCall;
import io.parley.contracts.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Assembles tool calls: most servers send them in pieces by index, others whole and perhaps without an id. */
final class ToolCallAssembler {
    private static final int MAX_CALLS = 128;

    /** The bytes of a call in a stored message, apart from its id, name and arguments. */
    private static final int BYTES_PER_CALL = 128;

    private final Set<String> toolNames;
    private final List<PartialToolCall> calls = new ArrayList<>();
    private final Map<Integer, PartialToolCall> byIndex = new HashMap<>();
    private int bytes;

    /** @param toolNames of the tools that the model may call */
    ToolCallAssembler(Set<String> toolNames) {
        this.toolNames = toolNames;
    }

    /** Fails with a {@link ModelFailure} if there are more calls, or longer ones, than a message may have. */
    void add(JsonNode json) {
        var piece = ToolCallPiece.of(json);
        var call = call(piece);
        if (piece.index() != null) byIndex.put(piece.index(), call);
        call.add(piece);
        bytes += bytes(piece.id()) + bytes(piece.name()) + bytes(piece.arguments());
        if (bytes + calls.size() * BYTES_PER_CALL > Limits.JSON_BYTES || calls.size() > MAX_CALLS)
            throw new ModelFailure(ModelFailure.Kind.TOO_LARGE);
    }

    // As it is stored, in JSON.
    private static int bytes(String text) {
        return JsonStringEncoder.getInstance().quoteAsUTF8(text).length;
    }

    /** The call that the piece belongs to, which may begin with it. */
    private PartialToolCall call(ToolCallPiece piece) {
        if (calls.isEmpty()) return begin();
        var known = piece.index() == null ? null : byIndex.get(piece.index());
        var open = known != null && known.hasId(piece.id()) ? known : byId(piece.id());
        if (open == null) open = known == null ? calls.get(calls.size() - 1) : known;
        return open.isContinuedBy(piece, piece.index() != null && known == null) ? open : begin();
    }

    private @Nullable PartialToolCall byId(String id) {
        for (int at = calls.size() - 1; at >= 0; at--) if (calls.get(at).hasId(id)) return calls.get(at);
        return null;
    }

    private PartialToolCall begin() {
        var call = new PartialToolCall(toolNames);
        calls.add(call);
        return call;
    }

    /** The bytes of all pieces so far. */
    int bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /** In the order in which they began. Fails with a {@link ModelFailure} if one has no name. */
    List<ToolCall> toolCalls() {
        var ids = new HashSet<String>();
        return complete().stream()
                .map(call -> call.toolCall(ids.add(call.id())))
                .toList();
    }

    /** What the provider attached to each call, in the same order. */
    List<ObjectNode> attached() {
        return complete().stream().map(PartialToolCall::others).toList();
    }

    private List<PartialToolCall> complete() {
        var complete = new ArrayList<PartialToolCall>();
        for (var call : calls)
            if (complete.isEmpty() || !call.isShellAfter(complete.get(complete.size() - 1))) complete.add(call);
        return complete;
    }
}
