package io.parley.assistant.models.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ToolCall;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

/** How servers differ in what they send. */
class ToolCallAssemblerTest {
    private final ToolCallAssembler pieces = new ToolCallAssembler();

    @Test
    void joinsPiecesByIndex() {
        add("{'index':0,'id':'a','type':'function','function':{'name':'add_task','arguments':''}}");
        add("{'index':1,'id':'b','type':'function','function':{'name':'list_tasks','arguments':'{'}}");
        add("{'index':0,'function':{'arguments':'{}'}}");
        add("{'index':1,'id':null,'function':{'name':null,'arguments':'}'}}");
        assertThat(pieces.whole())
                .containsExactly(new ToolCall("a", "add_task", "{}"), new ToolCall("b", "list_tasks", "{}"));
    }

    @Test
    void passesOverAnIdAndANameThatAreRepeated() {
        add("{'index':0,'id':'a','function':{'name':'add_task','arguments':'{'}}");
        add("{'index':0,'id':'a','function':{'name':'add_task','arguments':'}'}}");
        add("{'index':0,'id':'','function':{'name':'','arguments':''}}");
        assertThat(pieces.whole()).containsExactly(new ToolCall("a", "add_task", "{}"));
    }

    @Test
    void tellsWholeCallsWithTheSameIndexApart() {
        add("{'index':0,'id':'a','function':{'name':'add_task','arguments':'{}'}}");
        add("{'index':0,'id':'b','function':{'name':'add_task','arguments':'{}'}}");
        assertThat(pieces.whole()).extracting(ToolCall::id).containsExactly("a", "b");
    }

    @Test
    void tellsWholeCallsWithoutIndexApart() {
        add("{'id':'a','function':{'name':'add_task','arguments':'{}'}}");
        add("{'id':'b','function':{'name':'add_task','arguments':'{}'}}");
        assertThat(pieces.whole()).extracting(ToolCall::id).containsExactly("a", "b");
    }

    @Test
    void givesCallsWithoutIdOneEach() {
        add("{'function':{'name':'add_task','arguments':'{}'}}");
        add("{'function':{'name':'list_tasks','arguments':'{}'}}");
        assertThat(pieces.whole()).extracting(ToolCall::name).containsExactly("add_task", "list_tasks");
        assertThat(pieces.whole())
                .extracting(ToolCall::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.length() > 5);
    }

    @Test
    void takesArgumentsThatAreAnObject() {
        add("{'index':0,'id':'a','function':{'name':'add_task','arguments':{'title':'Milk'}}}");
        assertThat(pieces.whole().get(0).arguments()).isEqualTo("{\"title\":\"Milk\"}");
    }

    @Test
    void takesNoArgumentsForAnEmptyObject() {
        add("{'index':0,'id':'a','function':{'name':'list_tasks','arguments':null}}");
        assertThat(pieces.whole().get(0).arguments()).isEqualTo("{}");
    }

    @Test
    void refusesACallOfNothing() {
        add("{'index':0,'id':'a'}");
        assertThatExceptionOfType(ModelFailure.class).isThrownBy(pieces::whole);
    }

    @Test
    void refusesCallsWithoutEnd() {
        for (int index = 0; index < 128; index++) add("{'index':" + index + "}");
        assertThatExceptionOfType(ModelFailure.class).isThrownBy(() -> add("{'index':128}"));
    }

    private void add(String piece) {
        try {
            pieces.add(new JsonMapper().readTree(piece.replace('\'', '"')));
        } catch (JsonProcessingException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
