package io.parley.transfer.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.transfer.sources.SourceSample;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages as servers with OpenAI's chat API write them. */
class OpenAiMessageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'role':'developer','content':'a'} | {'role':'system','content':'a'}",
                "{'role':'user','content':['a',{'type':'text','text':'b'}]} | {'role':'user','content':'a\\nb'}",
                "{'role':'user','content':[{'type':'input_text','text':'b'},{'type':'input_audio','input_audio':{}}]} | {'role':'user','content':'b','attachments':[{'name':'unnamed','type':'input_audio'}]}",
                "{'role':'assistant','content':[{'type':'refusal','refusal':'no'}]} | {'role':'assistant','content':'no'}",
                "{'role':'assistant','content':null,'refusal':'no'} | {'role':'assistant','content':'no'}",
                "{'role':'assistant','content':null,'audio':{'transcript':'said'}} | {'role':'assistant','content':'said','audio':{'transcript':'said'}}",
                "{'role':'assistant','content':'a','reasoning_content':'hm'} | {'role':'assistant','content':'a','reasoning':'hm'}",
                "{'role':'assistant','content':[{'type':'thinking','thinking':'hm'},{'type':'text','text':'a'}]} | {'role':'assistant','content':'a','reasoning':'hm'}",
                "{'role':'assistant','content':null,'function_call':{'name':'f','arguments':'{}'}} | {'role':'assistant','content':null,'tool_calls':[{'id':'f','type':'function','function':{'name':'f','arguments':'{}'}}]}",
                "{'role':'function','name':'f','content':'r'} | {'role':'tool','content':'r','tool_results':[{'name':'f','tool_call_id':'f'}]}",
                "{'role':'tool','tool_call_id':'c','content':'r'} | {'role':'tool','content':'r','tool_results':[{'tool_call_id':'c'}]}",
                "{'role':'user','content':[{'type':'video','video':1}]} | {'role':'user','content':'','content_parts':[{'type':'video','video':1}]}",
            })
    void becomesAMessageOfParley(String message, String expected) {
        assertThat(OpenAiMessage.normalised(SourceSample.line(message))).isEqualTo(SourceSample.line(expected));
    }
}
