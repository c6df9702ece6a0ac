package io.parley.gateway.openai.items;

import io.parley.contracts.messages.MessagePart;
import io.parley.gateway.attachments.SentFile;
import io.parley.gateway.openai.exchange.Fields;
import io.parley.gateway.openai.exchange.OpenAiError;
import io.parley.gateway.openai.exchange.OpenAiIds;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The parts of the content of one item. */
final class ContentReader {
    private static final String UNSUPPORTED = "unsupported_content_type";

    private final Caller caller;
    private final List<SentFile> files;
    private final List<MessagePart> parts = new ArrayList<>();

    /** @param files gets those that come with the content */
    ContentReader(Caller caller, List<SentFile> files) {
        this.caller = caller;
        this.files = files;
    }

    /** @param takesFiles whether the content may have files */
    List<MessagePart> read(Fields item, String name, boolean takesFiles) {
        var content = item.array(name);
        for (int at = 0; at < content.size(); at++)
            add(Fields.of(content.get(at), item.param(name) + '[' + at + ']'), takesFiles);
        return parts;
    }

    private void add(Fields part, boolean takesFiles) {
        var type = part.requireText("type");
        switch (type) {
            case "input_text", "output_text", "text" -> parts.add(MessagePart.text(part.requireText("text")));
            case "refusal" -> parts.add(MessagePart.text(part.requireText("refusal")));
            case "input_image" -> addFile(part, takesFiles, "image_url", null);
            case "input_file" -> addFile(part, takesFiles, "file_data", part.text("filename"));
            default -> throw unsupported(part, "Content of the type '" + type + "' is not supported.");
        }
    }

    private void addFile(Fields part, boolean takesFiles, String field, @Nullable String name) {
        if (!takesFiles) throw unsupported(part, "Only messages of the user may have files.");
        if (part.value("file_url") != null)
            throw OpenAiError.invalid(
                    part.param("file_url"), UNSUPPORTED, "No URL is fetched: send the file as 'file_data'.");
        var id = part.text("file_id");
        if (id != null) parts.add(MessagePart.file(id(part, id)));
        else addSent(part, field, name);
    }

    private static UUID id(Fields part, String id) {
        return OpenAiIds.read(OpenAiIds.FILE, id)
                .or(() -> Ids.parse(id))
                .orElseThrow(() ->
                        new OpenAiError(404, "not_found", part.param("file_id"), "There is no file with this id."));
    }

    private void addSent(Fields part, String field, @Nullable String name) {
        var param = part.param(field);
        var file = sent(part.requireText(field), param, name);
        if (field.equals("image_url") && !file.isImage())
            throw OpenAiError.invalid(param, UNSUPPORTED, "Invalid '" + param + "': it must be an image.");
        if (files.stream().noneMatch(known -> known.id().equals(file.id()))) files.add(file);
        parts.add(file.part());
    }

    private SentFile sent(String url, String param, @Nullable String name) {
        try {
            return SentFile.of(caller, name, url);
        } catch (Problem refused) {
            var detail = refused.faults().get(0).detail();
            throw OpenAiError.invalid(param, UNSUPPORTED, "Invalid '" + param + "': it " + detail + '.');
        }
    }

    private static OpenAiError unsupported(Fields part, String message) {
        return OpenAiError.invalid(part.param("type"), UNSUPPORTED, message);
    }
}
