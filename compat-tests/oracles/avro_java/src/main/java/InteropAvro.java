import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Reads and writes Avro data that canread wrote, with Avro's Java library, and says where the bytes differ.
 *
 * <p>Questions and answers are those of {@code avro_interop.py}.
 */
public final class InteropAvro {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN_MAX = 20;

  public static void main(String[] arguments) throws IOException {
    BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    int tried = 0;
    int differ = 0;
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      JsonNode question = JSON.readTree(line);
      // A parser remembers names: each schema has its own.
      Schema writer = new Schema.Parser().parse(question.get("schema").asText());
      Schema reader = new Schema.Parser().parse(question.get("reader").asText());
      for (JsonNode value : question.get("values")) {
        tried++;
        String data = value.get(0).asText();
        String why = difference(data, value.get(1).asText(), writer, reader);
        if (why != null && differ++ < SHOWN_MAX) {
          ObjectNode answer = JSON.createObjectNode();
          answer.set("id", question.get("id"));
          answers.println(JSON.writeValueAsString(answer.put("data", data).put("why", why)));
        }
      }
    }
    answers.println(JSON.writeValueAsString(JSON.createObjectNode().put("tried", tried).put("differ", differ)));
  }

  /** What is wrong with a value; null if nothing is. */
  private static String difference(String data, String resolved, Schema writer, Schema reader) {
    try {
      byte[] bytes = bytes(data);
      BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
      String again = written(new InOrder(writer, writer).read(null, decoder), writer);
      if (!decoder.isEnd()) {
        return "bytes are left";
      }
      if (!again.equals(data)) {
        return "written as " + again;
      }
      decoder = DecoderFactory.get().binaryDecoder(bytes, null);
      String there = written(new InOrder(writer, reader).read(null, decoder), reader);
      return there.equals(resolved) ? null : "resolved to " + there + ", not " + resolved;
    } catch (Exception | StackOverflowError error) {
      // Whatever the library refuses, canread wrote it.
      return error.getClass().getSimpleName() + ": " + error.getMessage();
    }
  }

  private static byte[] bytes(String digits) {
    byte[] bytes = new byte[digits.length() / 2];
    for (int at = 0; at < bytes.length; at++) {
      bytes[at] = (byte) Integer.parseInt(digits.substring(2 * at, 2 * at + 2), 16);
    }
    return bytes;
  }

  private static String written(Object value, Schema schema) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<>(schema).write(value, encoder);
    encoder.flush();
    StringBuilder digits = new StringBuilder();
    for (byte one : bytes.toByteArray()) {
      digits.append(String.format("%02x", one));
    }
    return digits.toString();
  }

  /**
   * Keeps the entries of maps in the order of the data, and numbers in lists as they are: Avro 1.12.0 has them in an
   * array of {@code float} where the schema says {@code double}.
   */
  private static final class InOrder extends GenericDatumReader<Object> {
    InOrder(Schema writer, Schema reader) {
      super(writer, reader);
    }

    @Override
    protected Object newMap(Object old, int size) {
      return new LinkedHashMap<>();
    }

    @Override
    protected Object newArray(Object old, int size, Schema schema) {
      return new GenericData.Array<>(size, schema);
    }
  }
}
