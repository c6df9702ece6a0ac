package io.parley.assistant.models.openai.situations;

import static io.parley.assistant.models.openai.situations.Situation.DONE;
import static io.parley.assistant.models.openai.situations.Situation.chunks;
import static io.parley.assistant.models.openai.situations.Situation.data;
import static io.parley.assistant.models.openai.situations.Situation.finish;
import static io.parley.assistant.models.openai.situations.Situation.usage;

import java.util.List;

/** The names and places of the tokens that were used. */
public final class UsageSituations {
    private UsageSituations() {}

    public static List<Situation> all() {
        var text = chunks("{'content':'Yes'}") + finish("stop");
        return List.of(
                Situation.of(
                                "Moonshot's usage in the choice",
                                chunks("{'content':'Yes'}"),
                                data(
                                        "{'choices':[{'index':0,'delta':{},'finish_reason':'stop','usage':{'prompt_tokens':19,'completion_tokens':13,'cached_tokens':4}}]}"),
                                DONE)
                        .says("Yes")
                        .uses(19, 13, 4, 0, 0),
                Situation.of(
                                "DeepSeek's names for the cache",
                                text,
                                usage(
                                        "{'prompt_tokens':30,'completion_tokens':5,'prompt_cache_hit_tokens':20,'prompt_cache_miss_tokens':10}"),
                                DONE)
                        .says("Yes")
                        .uses(30, 5, 20, 0, 0),
                Situation.of(
                                "OpenRouter's cache writes",
                                text,
                                usage(
                                        "{'prompt_tokens':30,'completion_tokens':5,'prompt_tokens_details':{'cached_tokens':8,'cache_write_tokens':9}}"),
                                DONE)
                        .says("Yes")
                        .uses(30, 5, 8, 9, 0),
                Situation.of(
                                "xAI's reasoning beside the completion",
                                text,
                                usage(
                                        "{'prompt_tokens':32,'completion_tokens':9,'total_tokens':135,'completion_tokens_details':{'reasoning_tokens':94}}"),
                                DONE)
                        .says("Yes")
                        .uses(32, 103, 0, 0, 94),
                Situation.of(
                                "Gemini's total that alone has the thoughts",
                                text,
                                usage("{'prompt_tokens':20,'completion_tokens':424,'total_tokens':1016}"),
                                DONE)
                        .says("Yes")
                        .uses(20, 996, 0, 0, 0),
                Situation.of(
                                "Anthropic's prompt without the cache",
                                text,
                                usage(
                                        "{'prompt_tokens':10,'completion_tokens':5,'cache_read_input_tokens':1000,'cache_creation_input_tokens':100}"),
                                DONE)
                        .says("Yes")
                        .uses(1110, 5, 1000, 100, 0),
                Situation.of(
                                "usage that grows with each chunk",
                                usage("{'prompt_tokens':10,'completion_tokens':1}"),
                                text,
                                usage("{'prompt_tokens':10,'completion_tokens':2}"),
                                usage("null"),
                                DONE)
                        .says("Yes")
                        .uses(10, 2, 0, 0, 0));
    }
}
