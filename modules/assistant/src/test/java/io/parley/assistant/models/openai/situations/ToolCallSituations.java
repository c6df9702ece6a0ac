package io.parley.assistant.models.openai.situations;

import static io.parley.assistant.models.openai.situations.Situation.deltas;
import static io.parley.assistant.models.openai.situations.Situation.pieces;

import java.util.List;

/** The pieces that calls of tools come in. */
public final class ToolCallSituations {
    private ToolCallSituations() {}

    public static List<Situation> all() {
        return List.of(
                pieces(
                                "one index for all calls, in pieces",
                                "{'index':0,'id':'a','function':{'name':'add_task','arguments':''}}",
                                "{'index':0,'id':'a','function':{'arguments':'{`title`:'}}",
                                "{'index':0,'id':'a','function':{'arguments':'`a`}'}}",
                                "{'index':0,'id':'b','function':{'name':'add_task','arguments':''}}",
                                "{'index':0,'id':'b','function':{'arguments':'{`title`:`b`}'}}")
                        .calls("add_task {'title':'a'}", "add_task {'title':'b'}"),
                pieces(
                                "no index",
                                "{'id':'a','function':{'name':'add_task','arguments':'{`title`:`a`}'}}",
                                "{'id':'b','function':{'name':'add_task','arguments':'{`title`:`b`}'}}")
                        .calls("add_task {'title':'a'}", "add_task {'title':'b'}"),
                pieces(
                                "another id in each piece",
                                "{'index':0,'id':'x-1','function':{'name':'add_task','arguments':''}}",
                                "{'index':0,'id':'x-2','function':{'arguments':'{`title`:'}}",
                                "{'index':0,'id':'x-3','function':{'arguments':'`a`}'}}")
                        .calls("add_task {'title':'a'}"),
                pieces(
                                "two whole calls without ids under one index",
                                "{'index':0,'id':'','function':{'name':'add_task','arguments':'{`title`:`a`}'}}",
                                "{'index':0,'id':'','function':{'name':'add_task','arguments':'{`title`:`b`}'}}")
                        .calls("add_task {'title':'a'}", "add_task {'title':'b'}"),
                pieces(
                                "the arguments before the id",
                                "{'index':0,'function':{'name':'add_task','arguments':'{`title`:'}}",
                                "{'index':0,'id':'a','function':{'arguments':'`a`}'}}")
                        .calls("add_task {'title':'a'}"),
                pieces(
                                "an empty object in front of the arguments",
                                "{'index':0,'id':'a','function':{'name':'add_task','arguments':'{}'}}",
                                "{'index':0,'function':{'arguments':'{`title`:'}}",
                                "{'index':0,'function':{'arguments':'`a`}'}}")
                        .calls("add_task {'title':'a'}"),
                pieces(
                                "no arguments for a tool that needs none",
                                "{'index':0,'id':'a','function':{'name':'list_tasks','arguments':''}}")
                        .calls("list_tasks {}"),
                pieces(
                                "arguments as an object",
                                "{'index':0,'id':'a','function':{'name':'add_task','arguments':{'title':'a'}}}")
                        .calls("add_task {'title':'a'}"),
                pieces(
                                "id and name again in the last piece",
                                "{'index':0,'id':'a','function':{'name':'add_task','arguments':'{`title`:'}}",
                                "{'index':0,'id':'a','function':{'name':'add_task','arguments':'`a`}'}}")
                        .calls("add_task {'title':'a'}"),
                deltas(
                                "text and a call in one delta",
                                "{'content':'Wait.','tool_calls':[{'index':0,'id':'a','function':{'name':'list_tasks','arguments':'{}'}}]}")
                        .says("Wait.")
                        .calls("list_tasks {}"),
                deltas(
                                "a call as it was before there were tools",
                                "{'function_call':{'name':'list_tasks','arguments':'{}'}}")
                        .calls("list_tasks {}"));
    }
}
