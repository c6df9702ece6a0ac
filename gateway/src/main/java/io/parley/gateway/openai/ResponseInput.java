package io.parley.gateway.openai;

import io.parley.contracts.assistant.Chat.Model;
import io.parley.contracts.assistant.Responses;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.MessagePart;
import io.parley.gateway.attachments.SentFile;
import io.parley.gateway.attachments.SentFiles;
import io.parley.gateway.openai.exchange.Exchange;
import io.parley.gateway.openai.exchange.OpenAiError;
import io.parley.gateway.openai.items.ItemReader;
import io.parley.gateway.openai.items.ReadItems;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code input} of a new response. */
record ResponseInput(ReadItems items) {
    /** What points at a part of a message. */
    private static final Pattern PART = Pattern.compile("/input/([0-9]+)/parts/([0-9]+)");

    /** Fails if there is nothing to answer. */
    static ResponseInput read(Exchange exchange) {
        var body = exchange.body();
        var input = body.require("input");
        if (input.isTextual()) return new ResponseInput(ItemReader.user(input.textValue(), "input"));
        var read = ItemReader.read(exchange.caller(), body.array("input"), "input");
        var drafts = read.drafts();
        if (drafts.isEmpty()) throw OpenAiError.invalidValue("input", "must have something to answer");
        if (drafts.size() > Responses.MAX_INPUT)
            throw OpenAiError.invalidValue("input", "must not have more than " + Responses.MAX_INPUT + " items");
        return new ResponseInput(read);
    }

    List<MessageDraft> drafts() {
        return items.drafts();
    }

    List<SentFile> files() {
        return items.files();
    }

    /**
     * Refuses files that the model does not take. Call it before a file is stored. Which model answers if the request names none is decided
     * later, and checked again then.
     *
     * @param model that the request names
     */
    Future<?> checkFiles(SentFiles files, Caller caller, @Nullable Model model) {
        if (drafts().stream().noneMatch(draft -> MessagePart.haveFile(draft.parts()))) return Future.succeededFuture();
        var named = model == null
                ? files.areTaken(caller, null, null)
                : files.areTaken(caller, model.provider(), model.model());
        return named.map(taken -> {
            if (!taken) throw filesNotTaken();
            return taken;
        });
    }

    private OpenAiError filesNotTaken() {
        for (int at = 0; at < drafts().size(); at++) {
            var parts = drafts().get(at).parts();
            for (int part = 0; parts != null && part < parts.size(); part++)
                if (parts.get(part).namesFile())
                    return unsupported(at, part, "is a file, and the model that answers takes none");
        }
        throw new IllegalArgumentException("no part is a file");
    }

    /** The refusal of the part that a fault points at; null if it points at none. */
    @Nullable OpenAiError refusalOfPart(Problem.Fault fault) {
        var part = PART.matcher(fault.pointer());
        return part.matches()
                ? unsupported(Integer.parseInt(part.group(1)), Integer.parseInt(part.group(2)), fault.detail())
                : null;
    }

    private OpenAiError unsupported(int draft, int part, String detail) {
        var param = items.params().get(draft) + '[' + part + ']';
        return OpenAiError.invalid(param, "unsupported_content_type", "Invalid '" + param + "': it " + detail + '.');
    }
}
