package io.parley.transfer.chatgpt;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.transfer.sources.SourceSample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ChatGPT's exports contain, each as reported about other programs; the README of this module names the sources. */
class ChatGptTest {
    /** The content of the answer, and what becomes of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'content_type':'text','parts':['a',null,'','b']} | a\\nb",
                "{'content_type':'code','language':'python','text':'x = 1'} | ```python\\nx = 1\\n```",
                "{'content_type':'code','language':'unknown','text':'x = 1'} | x = 1",
                "{'content_type':'multimodal_text','parts':['a',{'content_type':'audio_transcription','text':'b'}]} | a\\nb",
                "{'content_type':'tether_quote','title':'T','url':'https://t','text':'quoted'} | T\\nhttps://t\\nquoted",
                "{'content_type':'tether_browsing_display','result':'found','summary':''} | found",
                "{'content_type':'system_error','name':'Oops','text':'broken'} | broken\\nOops",
                "{'content_type':'multimodal_text','parts':[{'content_type':'image_asset_pointer','asset_pointer':'sediment://f1'}]} | [sediment://f1]",
                "{'content_type':'text','parts':['cut【3†source】off']} | cutoff",
                "{'content_type':'text','parts':['In \uE200entity\uE202[\"city\",\"Lisbon\",\"x\"]\uE201 now']} | In Lisbon now",
            })
    void findsTheTextOfEveryKindOfContent(String content, String text) {
        assertThat(answered(content.replace("\"city\",\"Lisbon\",\"x\"", "\\\"city\\\",\\\"Lisbon\\\",\\\"x\\\""), "{}")
                        .contents())
                .containsExactly("Hello", text.replace("\\n", "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'content_type':'reasoning_recap','content':'Thought for 2s'}",
                "{'content_type':'model_editable_context','model_set_context':'Likes tea.'}",
                "{'content_type':'text','parts':['']}",
                "{'content_type':'text','parts':[null]}",
                "{'content_type':'text'}",
                "{}",
            })
    void leavesOutNodesInWhichNobodySaysAnything(String content) {
        assertThat(answered(content, "{}").contents()).containsExactly("Hello");
    }

    @Test
    void keepsTheMemoryInTheMetadata() {
        var read = answered("{'content_type':'model_editable_context','model_set_context':'Likes tea.'}", "{}");

        assertThat(read.head().metadata().path("model_set_context").asText()).isEqualTo("Likes tea.");
    }

    @Test
    void takesOldInstructionsWithoutThePhrasesAroundThem() {
        var read = SourceSample.of(new ChatGpt(), """
            {'mapping':{'a':{'parent':null,'message':{'author':{'role':'user'},'content':
              {'content_type':'user_editable_context','user_profile':'The user says: ```Ada```','user_instructions':'Follow: ```Be brief```'},
              'metadata':{'user_context_message_data':{'about_user_message':'Ada','about_model_message':'Be brief'}}}}}}
            """);

        assertThat(read.head().instructions()).isEqualTo("Ada\n\nBe brief");
        assertThat(read.contents()).isEmpty();
    }

    @Test
    void turnsCodeForAToolIntoACallAndItsOutputIntoAResult() {
        var read = SourceSample.of(new ChatGpt(), """
            {'mapping':{
              'q':{'parent':null,'message':{'author':{'role':'user'},'create_time':1,'content':{'parts':['2+2?']}}},
              'c':{'parent':'q','message':{'author':{'role':'assistant'},'create_time':2,'recipient':'python',
                   'content':{'content_type':'code','language':'unknown','text':'print(2+2)'}}},
              'r':{'parent':'c','message':{'author':{'role':'tool','name':'python'},'create_time':3,
                   'content':{'content_type':'execution_output','text':'4'}}}}}
            """);

        assertThat(read.contents()).containsExactly("2+2?", "null", "4");
        assertThat(read.message("null").toolCalls().toString())
                .isEqualTo(
                        "[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"python\",\"arguments\":\"{\\\"input\\\":\\\"print(2+2)\\\"}\"}}]");
        assertThat(read.message("4").toolResults().toString())
                .isEqualTo("[{\"name\":\"python\",\"tool_call_id\":\"c\"}]");
    }

    @Test
    void takesTheNewTextOfACanvasThatIsChanged() {
        var read = SourceSample.of(new ChatGpt(), """
            {'mapping':{'c':{'parent':null,'message':{'author':{'role':'assistant'},'recipient':'canmore.update_textdoc',
              'content':{'content_type':'code','text':'{\\'updates\\':[{\\'pattern\\':\\'.*\\',\\'replacement\\':\\'# New\\'}]}'}}}}}
            """);

        assertThat(read.contents()).containsExactly("# New");
        assertThat(read.message("# New").toolCalls().toString()).contains("canmore.update_textdoc");
    }

    /** The text, the metadata of the message, and the text with links. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a \uE200cite\uE202turn0\uE201b | {'content_references':[{'matched_text':'\uE200cite\uE202turn0\uE201','items':[{'title':'T','url':'https://t'},{'title':'U','url':'https://u'}]}]} | a  [T](https://t) [U](https://u)b",
                "a b | {'content_references':[{'matched_text':' ','type':'sources_footnote','sources':[{'title':'T','url':'https://t'}]}]} | a b",
                "a\uE200image\uE201b | {} | ab",
                "\uE203a\uE204b | {} | ab",
                "😀【1†source】b | {'citations':[{'start_ix':1,'end_ix':11,'metadata':{'title':'T [1]','url':'https://t/(x)'}}]} | 😀 [T \\[1\\]](https://t/%28x%29)b",
                "a【1†source】b | {'citations':[{'start_ix':5,'end_ix':900,'metadata':{'title':'T','url':'https://t'}}]} | ab",
            })
    void linksCitations(String text, String metadata, String linked) {
        assertThat(answered("{'parts':['" + text + "']}", metadata).contents()).containsExactly("Hello", linked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'finish_details':{'type':'max_tokens'}} | length",
                "{'finish_details':{'type':'interrupted'}} | cancelled",
                "{'finish_details':{'type':'stop'}} | null",
            })
    void marksAnswersThatAreIncomplete(String metadata, String reason) {
        var answer = answered("{'parts':['Half']}", metadata).message("Half");

        assertThat(answer.metadata().path("reason").asText("null")).isEqualTo(reason);
    }

    @Test
    void keepsTheOtherFieldsOfTheConversation() {
        var read = SourceSample.of(
                new ChatGpt(),
                "{'conversation_id':'c','id':'other','gizmo_id':'g-1','is_starred':null,'plugin_ids':[],'mapping':{}}");

        assertThat(read.head().id()).isEqualTo("c");
        assertThat(read.head().metadata().toString()).isEqualTo("{\"gizmo_id\":\"g-1\",\"source\":\"chatgpt\"}");
    }

    @Test
    void namesPicturesThatTheAssistantMade() {
        var read = SourceSample.of(new ChatGpt(), """
            {'mapping':{'c':{'parent':null,'message':{'author':{'role':'tool','name':'dalle.text2im'},'content':
              {'content_type':'multimodal_text','parts':[{'content_type':'image_asset_pointer','asset_pointer':'file-service://f','metadata':{'dalle':{'prompt':'p'}}}]}}}}}
            """);

        assertThat(read.metadata("null")).contains("'attachments':[{'name':'file-service://f'}]");
    }

    private static SourceSample answered(String content, String metadata) {
        return SourceSample.of(new ChatGpt(), """
            {'mapping':{
              'q':{'parent':null,'message':{'author':{'role':'user'},'create_time':1,'content':{'content_type':'text','parts':['Hello']}}},
              'a':{'parent':'q','message':{'author':{'role':'assistant'},'create_time':2,'content':%s,'metadata':%s}}}}
            """.formatted(content, metadata));
    }
}
