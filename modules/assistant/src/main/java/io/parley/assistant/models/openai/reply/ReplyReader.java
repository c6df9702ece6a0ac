package io.parley.assistant.models.openai.reply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ModelFailure.Kind;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.models.ReplyListener;
import io.parley.assistant.models.openai.stream.JsonProgress;
import io.parley.assistant.models.openai.stream.LineSplitter;
import io.parley.assistant.models.openai.stream.SseReader;
import io.parley.assistant.models.openai.stream.StreamEvent;
import io.vertx.core.buffer.Buffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the body of an answer, a stream of events or a JSON document, and passes its text on as it comes. */
public final class ReplyReader {
    private static final String DONE = "[DONE]";

    private static final JsonMapper mapper = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    private final ReplyAssembler assembler;
    private final ReplySize size;
    private final SseReader events = new SseReader(this::onEvent);
    private final LineSplitter lines;
    private boolean isDone;

    /**
     * @param model named in the reply if the provider names none
     * @param toolNames of the tools that the model may call
     * @param maxBytes of the whole reply, as {@link ReplySize} counts them
     */
    public ReplyReader(String model, Set<String> toolNames, int maxBytes, ReplyListener listener) {
        this.assembler = new ReplyAssembler(model, toolNames, listener);
        this.size = new ReplySize(maxBytes);
        this.lines = new LineSplitter(maxBytes, this::onLine);
    }

    /**
     * @param bytes may be cut anywhere
     * @throws ModelFailure if the provider reports a failure, if this is no answer, or if it is too large
     */
    public void read(Buffer bytes) {
        try {
            lines.read(bytes);
        } catch (ModelFailure failure) {
            if (failure.kind() == Kind.TOO_LARGE) readBeginning();
            throw failure;
        }
    }

    private void onLine(String line) {
        if (isDone) return;
        size.addLine(line);
        events.line(line);
        size.check();
    }

    // Some servers interleave events of their own, which have a name.
    private void onEvent(StreamEvent event) {
        if (event.name().equals(StreamEvent.ERROR)) throw new ModelFailure(Kind.PROVIDER_ERROR);
        if (event.data().strip().equals(DONE)) {
            isDone = true;
            return;
        }
        var value = parse(event);
        if (!event.name().isEmpty() && !value.has("choices") && !value.has("error")) return;
        if (value.isArray()) value.forEach(assembler::add);
        else assembler.add(value);
        size.endEvent(assembler.bytes());
    }

    private static JsonNode parse(StreamEvent event) {
        try {
            return mapper.readTree(event.data());
        } catch (JsonProcessingException malformed) {
            if (event.name().isEmpty()) throw new ModelFailure(Kind.BROKEN_OFF);
            return mapper.missingNode();
        }
    }

    // What has come of an event that is too large still holds the beginning of the text.
    private void readBeginning() {
        var data = events.unfinishedData(lines.unfinished());
        try {
            assembler.add(mapper.readTree(JsonProgress.completed(data)));
        } catch (JsonProcessingException | ModelFailure unusable) {
            // The text before it is kept.
        }
    }

    /** The body has ended. */
    public void end() {
        if (!isDone) events.end(lines.unfinished());
    }

    /** Whether the answer is whole and nothing but the end of the body may follow. */
    public boolean isDone() {
        return isDone;
    }

    /** Whether the answer is whole if the body ends here. */
    public boolean isFinished() {
        return isDone || assembler.isFinished();
    }

    /** The tokens that were reported so far; null if none were. */
    public ModelReply.@Nullable Usage usage() {
        return assembler.usage();
    }

    /** The whole answer, once. Fails with a {@link ModelFailure} if it cannot be used. */
    public ModelReply reply() {
        return assembler.reply();
    }
}
