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
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;

/**
 * Reads and writes Avro data that canread wrote, with Avro's Java library, and says where the bytes differ.
 *
 * <p>Questions and answers are those of {@code avro_interop.py}; {@code json} counts the texts of
 * ours that were read.
 */
public final class InteropAvro {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN_MAX = 20;

  /** Values of each schema whose text in the JSON encoding is given back. */
  private static final int TEXTS_MAX = 10;

  /** What is no finite number: the library writes these words, and does not read them (1.12.0). */
  private static final List<String> NOT_FINITE = List.of("\"NaN\"", "\"Infinity\"", "\"-Infinity\"");

  public static void main(String[] arguments) throws IOException {
    BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    int tried = 0;
    int differ = 0;
    int json = 0;
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      JsonNode question = JSON.readTree(line);
      // A parser remembers names: each schema has its own.
      Schema writer = new Schema.Parser().parse(question.get("schema").asText());
      Schema reader = new Schema.Parser().parse(question.get("reader").asText());
      int texts = 0;
      for (JsonNode value : question.get("values")) {
        tried++;
        String data = value.get(0).asText();
        String why = difference(data, value.get(1).asText(), writer, reader);
        String ours = value.get(2).asText();
        if (why == null && NOT_FINITE.stream().noneMatch(ours::contains)) {
          json++;
          why = differenceOfText(data, ours, writer);
        }
        // In this library's text a float below zero that is zero loses its sign, and a record without fields is no text at all.
        String text = why == null && texts < TEXTS_MAX ? text(data, writer) : null;
        if (text != null && !text.isEmpty() && differenceOfText(data, text, writer) == null) {
          texts++;
          ObjectNode answer = JSON.createObjectNode();
          answer.set("id", question.get("id"));
          answers.println(JSON.writeValueAsString(answer.put("data", data).put("text", text)));
        }
        if (why != null && differ++ < SHOWN_MAX) {
          ObjectNode answer = JSON.createObjectNode();
          answer.set("id", question.get("id"));
          answers.println(JSON.writeValueAsString(answer.put("data", data).put("why", why)));
        }
      }
    }
    answers.println(JSON.writeValueAsString(JSON.createObjectNode().put("tried", tried).put("json", json).put("differ", differ)));
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

  /** What is wrong with the text of a value in the JSON encoding; null if nothing is. */
  private static String differenceOfText(String data, String text, Schema schema) {
    try {
      Object value = new InOrder(schema, schema).read(null, DecoderFactory.get().jsonDecoder(schema, text));
      String read = written(value, schema);
      return read.equals(data) ? null : "the text " + text + " is read as " + read;
    } catch (Exception | StackOverflowError error) {
      return "the text " + text + ": " + error.getClass().getSimpleName() + ": " + error.getMessage();
    }
  }

  /** The text of a value in the JSON encoding. */
  private static String text(String data, Schema schema) throws IOException {
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes(data), null);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonEncoder encoder = EncoderFactory.get().jsonEncoder(schema, out);
    new GenericDatumWriter<>(schema).write(new InOrder(schema, schema).read(null, decoder), encoder);
    encoder.flush();
    return out.toString(StandardCharsets.UTF_8);
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
