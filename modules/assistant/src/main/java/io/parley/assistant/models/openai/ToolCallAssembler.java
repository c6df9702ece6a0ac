package io.parley.assistant.models.openai;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.StorableText;
import io.parley.assistant.models.ToolCall;
import io.parley.contracts.Limits;
import io.parley.kernel.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tool calls as they come in: in pieces by index from most servers, whole and perhaps without id from others. */
final class ToolCallAssembler {
    private static final int MOST = 128;

    /** What a call takes in the JSON of a message, beside its name and arguments and the id that it came with. */
    private static final int ENVELOPE = 128;

    private final List<Call> calls = new ArrayList<>();
    private final Map<Integer, Call> byIndex = new HashMap<>();
    private int bytes;

    /** Fails with a {@link ModelFailure} where they become more or longer than any message may have. */
    void add(JsonNode piece) {
        var id = StorableText.in(piece.path("id"));
        var name = StorableText.in(piece.path("function").path("name"));
        var arguments = arguments(piece.path("function").path("arguments"));
        call(piece.get("index"), id, name).add(id, name, arguments);
        bytes += bytes(id) + bytes(name) + bytes(arguments);
        if (bytes + calls.size() * ENVELOPE > Limits.JSON_BYTES || calls.size() > MOST)
            throw new ModelFailure(ModelFailure.Kind.BROKEN_OFF);
    }

    /** As they are stored, in JSON. */
    private static int bytes(String text) {
        return JsonStringEncoder.getInstance().quoteAsUTF8(text).length;
    }

    /** An object, as in Ollama's own protocol, where OpenAI has its text. */
    private static String arguments(JsonNode arguments) {
        return arguments.isObject() ? arguments.toString() : StorableText.in(arguments);
    }

    /** Ollama has sent several whole calls under index 0, Gemini none at all: there the id, or a name, begins one. */
    private Call call(@Nullable JsonNode index, String id, String name) {
        if (index == null || !index.isInt()) return calls.isEmpty() || last().precedes(id, name) ? begin() : last();
        var known = byIndex.get(index.intValue());
        if (known != null && !known.isOther(id)) return known;
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

    /** In the order in which they began. Fails with a {@link ModelFailure} where one has no name. */
    List<ToolCall> whole() {
        return calls.stream().map(Call::whole).toList();
    }

    private static final class Call {
        private final StringBuilder arguments = new StringBuilder();
        private String id = "";
        private String name = "";

        boolean precedes(String id, String name) {
            return isOther(id) || (id.isEmpty() && !name.isEmpty() && !this.name.isEmpty());
        }

        boolean isOther(String id) {
            return !id.isEmpty() && !this.id.isEmpty() && !id.equals(this.id);
        }

        void add(String id, String name, String arguments) {
            if (!id.isEmpty()) this.id = id;
            if (!name.isEmpty()) this.name = name;
            this.arguments.append(arguments);
        }

        ToolCall whole() {
            if (name.isEmpty()) throw new ModelFailure(ModelFailure.Kind.BROKEN_OFF);
            return new ToolCall(
                    id.isEmpty() ? "call_" + Ids.next() : id, name, arguments.isEmpty() ? "{}" : arguments.toString());
        }
    }
}
