package io.parley.assistant.models.openai.situations;

import static io.parley.assistant.models.openai.situations.Situation.deltas;

import java.util.List;

/** The places of the reasoning in an answer. */
public final class ReasoningSituations {
    private ReasoningSituations() {}

    public static List<Situation> all() {
        return List.of(
                deltas(
                                "Mistral's thinking parts",
                                "{'content':[{'type':'thinking','thinking':[{'type':'text','text':'hm'}]}]}",
                                "{'content':[{'type':'text','text':'All done.'}]}")
                        .thinks("hm")
                        .says("All done."),
                deltas(
                                "the reasoning under two names",
                                "{'reasoning':'hm','reasoning_content':'hm'}",
                                "{'content':'All done.'}")
                        .thinks("hm")
                        .says("All done."),
                deltas(
                                "OpenRouter's details beside its text",
                                "{'reasoning':'hm','reasoning_details':[{'type':'reasoning.text','text':'hm'}]}",
                                "{'content':'All done.'}")
                        .thinks("hm")
                        .says("All done."),
                deltas(
                                "details only, the last one encrypted",
                                "{'reasoning_details':[{'type':'reasoning.summary','summary':'hm'}]}",
                                "{'reasoning_details':[{'type':'reasoning.encrypted','data':'eA=='}]}",
                                "{'content':'All done.'}")
                        .thinks("hm")
                        .says("All done."),
                deltas(
                                "think tags that are split",
                                "{'content':'\\n<'}",
                                "{'content':'think>h'}",
                                "{'content':'m</thi'}",
                                "{'content':'nk>\\n\\nAll done.'}")
                        .thinks("hm")
                        .says("All done."),
                deltas("think tags in the middle", "{'content':'All <think>done</think>.'}")
                        .says("All <think>done</think>."),
                deltas("a text that only begins like a tag", "{'content':'<th'}", "{'content':'ree'}")
                        .says("<three"),
                deltas("nothing but reasoning", "{'reasoning_content':'hm'}", "{'content':''}")
                        .thinks("hm"));
    }
}
