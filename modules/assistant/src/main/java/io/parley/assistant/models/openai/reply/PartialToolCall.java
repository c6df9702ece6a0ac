package io.parley.assistant.models.openai.reply;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ToolCall;
import io.parley.assistant.models.openai.stream.JsonProgress;
import io.parley.kernel.Ids;
import java.util.Set;

/** A tool call of which further pieces may come. */
final class PartialToolCall {
    private static final String NO_ARGUMENTS = "{}";

    private final Set<String> toolNames;
    private final StringBuilder arguments = new StringBuilder();
    private final StorableText joined = new StorableText();
    private final ObjectNode others = JsonNodeFactory.instance.objectNode();
    private JsonProgress progress = new JsonProgress();
    private String id = "";
    private String name = "";

    /** @param toolNames of the tools that the model may call */
    PartialToolCall(Set<String> toolNames) {
        this.toolNames = toolNames;
    }

    void add(ToolCallPiece piece) {
        if (id.isEmpty()) id = piece.id();
        if (!piece.name().isEmpty()) name = withNext(piece.name());
        others.setAll(piece.others());
        if (!repeats(piece)) addArguments(piece);
    }

    private void addArguments(ToolCallPiece piece) {
        // Anthropic's calls begin with an empty object, which gateways pass on in front of the arguments.
        if (piece.hasArguments() && isPlaceholder()) {
            arguments.setLength(0);
            progress = new JsonProgress();
        }
        progress.add(piece.arguments());
        arguments.append(joined.next(piece.arguments()));
    }

    private boolean isPlaceholder() {
        return progress.isWhole() && arguments.toString().strip().equals(NO_ARGUMENTS);
    }

    // Some servers send the whole call once more at its end.
    private boolean repeats(ToolCallPiece piece) {
        return progress.isWhole() && piece.arguments().contentEquals(arguments);
    }

    /**
     * Whether the piece belongs to this call. No single member tells that: an index, an id and a name are each sometimes
     * missing, constant, or new in every piece.
     *
     * @param isNewIndex whether no earlier piece had its index
     */
    boolean isContinuedBy(ToolCallPiece piece, boolean isNewIndex) {
        if (piece.name().isEmpty()) return !progress.isWhole() || isPlaceholder() || !hasOtherId(piece);
        if (name.isEmpty() || isNamePart(piece.name())) return true;
        if (!name.equals(piece.name())) return false;
        if (progress.isWhole()) return hasSameId(piece) && (repeats(piece) || isPlaceholder());
        return piece.continuesArguments() || isSameUnfinishedCall(piece, isNewIndex);
    }

    private boolean isSameUnfinishedCall(ToolCallPiece piece, boolean isNewIndex) {
        boolean opensOnly = !piece.hasArguments() && !progress.hasBegun();
        if (hasSameId(piece)) return !(isNewIndex && opensOnly);
        if (isNewIndex) return false;
        return !opensOnly || piece.index() != null || !hasOtherId(piece);
    }

    // A name, too, may come in parts, or longer in each piece; only the names of the tools tell.
    private boolean isNamePart(String piece) {
        if (progress.hasBegun() || toolNames.contains(name)) return false;
        return beginsTool(name + piece) || (piece.startsWith(name) && beginsTool(piece));
    }

    private String withNext(String piece) {
        return isNamePart(piece) && beginsTool(name + piece) ? name + piece : piece;
    }

    private boolean beginsTool(String text) {
        return toolNames.stream().anyMatch(tool -> tool.startsWith(text));
    }

    boolean hasId(String id) {
        return !id.isEmpty() && id.equals(this.id);
    }

    private boolean hasSameId(ToolCallPiece piece) {
        return hasId(piece.id());
    }

    private boolean hasOtherId(ToolCallPiece piece) {
        return !piece.id().isEmpty() && !id.isEmpty() && !id.equals(piece.id());
    }

    /** Whether it is only a repetition of what the call before it began with. */
    boolean isShellAfter(PartialToolCall before) {
        boolean saysNothing = id.isEmpty() || id.equals(before.id) || name.isEmpty();
        return !progress.hasBegun() && saysNothing && (name.isEmpty() || name.equals(before.name));
    }

    String id() {
        return id;
    }

    ObjectNode others() {
        return others;
    }

    /** Fails with a {@link ModelFailure} if the call has no name. */
    ToolCall toolCall(boolean keepsId) {
        if (name.isEmpty()) throw new ModelFailure(ModelFailure.Kind.BROKEN_OFF);
        arguments.append(joined.rest());
        return new ToolCall(
                keepsId && !id.isEmpty() ? id : "call_" + Ids.next(),
                name,
                arguments.toString().isBlank() ? NO_ARGUMENTS : arguments.toString());
    }
}
