package io.parley.gateway.ui;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.contracts.Limits;
import io.parley.contracts.messages.MessagePart;
import io.parley.gateway.attachments.SentFile;
import io.parley.gateway.ui.UiRequest.Said;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the user's message: texts, and files that are in their own URL or stored already. */
final class SaidReader {
    private final Caller caller;
    private final List<MessagePart> parts = new ArrayList<>();
    private final List<SentFile> files = new ArrayList<>();

    private SaidReader(Caller caller) {
        this.caller = caller;
    }

    /** Fails invalid, pointing below the pointer at the message. */
    static Said read(Caller caller, JsonNode message, String pointer) {
        if (!UiRequest.isOfUser(message))
            throw Problem.invalid(pointer + "/role", "must be user in the message to be answered");
        var reader = new SaidReader(caller);
        for (var part : message.path("parts")) reader.add(part, pointer + "/parts/" + reader.parts.size());
        return reader.said(message.path("id").asText(), pointer);
    }

    private void add(JsonNode part, String pointer) {
        var type = part.path("type").asText();
        if (type.equals("text") && part.path("text").isTextual())
            parts.add(MessagePart.text(part.path("text").textValue()));
        else if (type.equals("file") && part.path("url").isTextual()) addFile(part, pointer);
        else throw Problem.invalid(pointer, "must be of type text, or of type file with a url");
    }

    private void addFile(JsonNode part, String pointer) {
        var url = part.path("url").textValue();
        var stored = FileUrls.read(url);
        if (stored.isPresent()) {
            parts.add(MessagePart.file(stored.get()));
            return;
        }
        var name = part.path("filename");
        var file = sent(url, name.isTextual() ? name.textValue() : null, pointer);
        if (files.stream().noneMatch(known -> known.id().equals(file.id()))) files.add(file);
        parts.add(file.part());
    }

    private SentFile sent(String url, @Nullable String name, String pointer) {
        try {
            return SentFile.of(caller, name, url);
        } catch (Problem refused) {
            throw Problem.invalid(pointer + "/url", refused.faults().get(0).detail());
        }
    }

    private Said said(String id, String pointer) {
        boolean haveFile = MessagePart.haveFile(parts);
        if (parts.size() > MessagePart.MAX_PARTS && haveFile)
            throw Problem.invalid(pointer + "/parts", "must not be more than " + MessagePart.MAX_PARTS);
        var text = MessagePart.contentOf(parts);
        if (text.isBlank() && !haveFile) throw Problem.invalid(pointer + "/parts", "must have text");
        Limits.checkText(pointer + "/parts", text, Limits.CONTENT);
        var said = parts.stream()
                .filter(part -> part.text() == null || !part.text().isEmpty())
                .toList();
        return new Said(id, haveFile ? MessagePart.contentOf(said) : text, haveFile ? said : null, files, pointer);
    }
}
