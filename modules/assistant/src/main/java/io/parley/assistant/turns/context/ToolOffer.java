package io.parley.assistant.turns.context;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.assistant.models.Prompt.Wishes;
import io.parley.assistant.models.ToolDescription;
import io.parley.contracts.assistant.Responses.Function;
import io.parley.contracts.assistant.Responses.ModelRequest;
import io.parley.json.StrictJson;
import io.parley.kernel.Json;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a model may call in a turn, and the settings of its requests.
 *
 * @param names of Parley's tools; null for all
 * @param wishes of the program that asks, with the functions that it runs itself
 */
public record ToolOffer(@Nullable Set<String> names, Wishes wishes) {
    static final ToolOffer ALL = new ToolOffer(null, Wishes.NONE);

    static ToolOffer of(ModelRequest asked) {
        return new ToolOffer(Set.copyOf(asked.tools()), new Wishes(asked.functions(), asked.options()));
    }

    /** Those of the tools that are offered. */
    public List<ToolDescription> among(List<ToolDescription> tools) {
        return tools.stream().filter(tool -> has(tool.name())).toList();
    }

    public boolean has(String tool) {
        return names == null || names.contains(tool);
    }

    /** Whether the program that asks runs it. */
    public boolean isOfClient(String tool) {
        return wishes.functions().stream().map(Function::name).anyMatch(tool::equals);
    }

    /** @param hasCalled whether the model has called tools before, so that it need not call one again */
    public Wishes wishes(boolean hasCalled) {
        return hasCalled ? new Wishes(wishes.functions(), withoutChoice(wishes.options())) : wishes;
    }

    private static Json withoutChoice(Json options) {
        var json = StrictJson.parse(Buffer.buffer(options.text()));
        return json instanceof ObjectNode object
                ? new Json(object.without("tool_choice").toString())
                : options;
    }
}
