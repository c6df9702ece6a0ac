package io.parley.assistant.models.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ToolCall;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

/** Servers send tool calls in different ways. */
class ToolCallAssemblerTest {
    private final ToolCallAssembler assembler = new ToolCallAssembler();

    @Test
    void joinsPiecesByIndex() {
        add("{'index':0,'id':'a','type':'function','function':{'name':'add_task','arguments':''}}");
        add("{'index':1,'id':'b','type':'function','function':{'name':'list_tasks','arguments':'{'}}");
        add("{'index':0,'function':{'arguments':'{}'}}");
        add("{'index':1,'id':null,'function':{'name':null,'arguments':'}'}}");
        assertThat(assembler.toolCalls())
                .containsExactly(new ToolCall("a", "add_task", "{}"), new ToolCall("b", "list_tasks", "{}"));
    }

    @Test
    void ignoresARepeatedIdAndName() {
        add("{'index':0,'id':'a','function':{'name':'add_task','arguments':'{'}}");
        add("{'index':0,'id':'a','function':{'name':'add_task','arguments':'}'}}");
        add("{'index':0,'id':'','function':{'name':'','arguments':''}}");
        assertThat(assembler.toolCalls()).containsExactly(new ToolCall("a", "add_task", "{}"));
    }

    @Test
    void separatesWholeCallsWithTheSameIndex() {
        add("{'index':0,'id':'a','function':{'name':'add_task','arguments':'{}'}}");
        add("{'index':0,'id':'b','function':{'name':'add_task','arguments':'{}'}}");
        assertThat(assembler.toolCalls()).extracting(ToolCall::id).containsExactly("a", "b");
    }

    @Test
    void separatesWholeCallsWithoutIndex() {
        add("{'id':'a','function':{'name':'add_task','arguments':'{}'}}");
        add("{'id':'b','function':{'name':'add_task','arguments':'{}'}}");
        assertThat(assembler.toolCalls()).extracting(ToolCall::id).containsExactly("a", "b");
    }

    @Test
    void makesIdsForCallsWithoutOne() {
        add("{'function':{'name':'add_task','arguments':'{}'}}");
        add("{'function':{'name':'list_tasks','arguments':'{}'}}");
        assertThat(assembler.toolCalls()).extracting(ToolCall::name).containsExactly("add_task", "list_tasks");
        assertThat(assembler.toolCalls())
                .extracting(ToolCall::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.length() > 5);
    }

    @Test
    void acceptsArgumentsThatAreAnObject() {
        add("{'index':0,'id':'a','function':{'name':'add_task','arguments':{'title':'Milk'}}}");
        assertThat(assembler.toolCalls().get(0).arguments()).isEqualTo("{\"title\":\"Milk\"}");
    }

    @Test
    void readsMissingArgumentsAsAnEmptyObject() {
        add("{'index':0,'id':'a','function':{'name':'list_tasks','arguments':null}}");
        assertThat(assembler.toolCalls().get(0).arguments()).isEqualTo("{}");
    }

    @Test
    void refusesACallWithoutName() {
        add("{'index':0,'id':'a'}");
        assertThatExceptionOfType(ModelFailure.class).isThrownBy(assembler::toolCalls);
    }

    @Test
    void refusesTooManyCalls() {
        for (int index = 0; index < 128; index++) add("{'index':" + index + "}");
        assertThatExceptionOfType(ModelFailure.class).isThrownBy(() -> add("{'index':128}"));
    }

    private void add(String piece) {
        try {
            assembler.add(new JsonMapper().readTree(piece.replace('\'', '"')));
        } catch (JsonProcessingException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
