package io.parley.assistant.models.openai;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ToolCall;
import io.parley.contracts.Limits;
import io.parley.kernel.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Assembles tool calls: most servers send them in pieces by index, others whole and perhaps without an id. */
final class ToolCallAssembler {
    private static final int MAX_CALLS = 128;

    /** The bytes of a call in a stored message, apart from its id, name and arguments. */
    private static final int BYTES_PER_CALL = 128;

    private final List<Call> calls = new ArrayList<>();
    private final Map<Integer, Call> byIndex = new HashMap<>();
    private int bytes;

    /** Fails with a {@link ModelFailure} if there are more calls, or longer ones, than a message may have. */
    void add(JsonNode piece) {
        var id = StorableText.of(piece.path("id"));
        var name = StorableText.of(piece.path("function").path("name"));
        var arguments = arguments(piece.path("function").path("arguments"));
        call(piece.get("index"), id, name).add(id, name, arguments);
        bytes += bytes(id) + bytes(name) + bytes(arguments);
        if (bytes + calls.size() * BYTES_PER_CALL > Limits.JSON_BYTES || calls.size() > MAX_CALLS)
            throw new ModelFailure(ModelFailure.Kind.BROKEN_OFF);
    }

    // As it is stored, in JSON.
    private static int bytes(String text) {
        return JsonStringEncoder.getInstance().quoteAsUTF8(text).length;
    }

    // Ollama's own protocol has an object where OpenAI has its text.
    private static String arguments(JsonNode arguments) {
        return arguments.isObject() ? arguments.toString() : StorableText.of(arguments);
    }

    // Ollama has sent several whole calls with index 0, and Gemini calls without an index: an id or a name begins one.
    private Call call(@Nullable JsonNode index, String id, String name) {
        if (index == null || !index.isInt()) return calls.isEmpty() || last().isFollowedBy(id, name) ? begin() : last();
        var known = byIndex.get(index.intValue());
        if (known != null && !known.hasOtherId(id)) return known;
        var begun = begin();
        byIndex.put(index.intValue(), begun);
        return begun;
    }

    private Call last() {
        return calls.get(calls.size() - 1);
    }

    private Call begin() {
        var call = new Call();
        calls.add(call);
        return call;
    }

    /** In the order in which they began. Fails with a {@link ModelFailure} if one has no name. */
    List<ToolCall> toolCalls() {
        return calls.stream().map(Call::toolCall).toList();
    }

    private static final class Call {
        private final StringBuilder arguments = new StringBuilder();
        private String id = "";
        private String name = "";

        boolean isFollowedBy(String id, String name) {
            return hasOtherId(id) || (id.isEmpty() && !name.isEmpty() && !this.name.isEmpty());
        }

        boolean hasOtherId(String id) {
            return !id.isEmpty() && !this.id.isEmpty() && !id.equals(this.id);
        }

        void add(String id, String name, String arguments) {
            if (!id.isEmpty()) this.id = id;
            if (!name.isEmpty()) this.name = name;
            this.arguments.append(arguments);
        }

        ToolCall toolCall() {
            if (name.isEmpty()) throw new ModelFailure(ModelFailure.Kind.BROKEN_OFF);
            return new ToolCall(
                    id.isEmpty() ? "call_" + Ids.next() : id, name, arguments.isEmpty() ? "{}" : arguments.toString());
        }
    }
}
