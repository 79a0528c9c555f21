package io.vmkit.examples.documentation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A block of Java in a Markdown file: between a line <code>```java</code> and a line <code>```
 * </code>.
 *
 * <p>What it may be: statements, which are put into a method that throws {@code Exception}; or
 * types, which stand for themselves. Imports of its own come first; those of vmkit's API and of
 * {@link #USUAL_IMPORTS} need not be written.
 *
 * @param file the Markdown file
 * @param line the line of its first line of code, from 1
 * @param code its lines
 */
record Snippet(String file, int line, List<String> code) {
  private static final List<String> USUAL_IMPORTS =
      List.of(
          "java.net.URI",
          "java.nio.file.*",
          "java.time.*",
          "java.util.*",
          "io.vmkit.*",
          "io.vmkit.cloudinit.*",
          "io.vmkit.driver.*",
          "io.vmkit.error.*",
          "io.vmkit.event.*",
          "io.vmkit.guest.*",
          "io.vmkit.host.*",
          "io.vmkit.image.*",
          "io.vmkit.network.*",
          "io.vmkit.plan.*",
          "io.vmkit.progress.*",
          "io.vmkit.qemu.*",
          "io.vmkit.spec.*",
          "io.vmkit.state.*",
          "io.vmkit.value.*");

  private static final Pattern BLOCK =
      Pattern.compile("^( *)```java *\\R(.*?)^\\1``` *$", Pattern.DOTALL | Pattern.MULTILINE);

  private static final Pattern TYPE =
      Pattern.compile(
          "^(@\\w+\\s+)*((public|final|abstract|sealed|static) )*(class|interface|record|enum) .*");

  /** Finds the blocks of a Markdown text, in their order. */
  static List<Snippet> in(String file, String markdown) {
    List<Snippet> found = new ArrayList<>();
    Matcher block = BLOCK.matcher(markdown);
    while (block.find()) {
      int line = (int) markdown.substring(0, block.start(2)).lines().count() + 1;
      String indent = block.group(1);
      List<String> code =
          block
              .group(2)
              .lines()
              .map(text -> text.startsWith(indent) ? text.substring(indent.length()) : text)
              .toList();
      found.add(new Snippet(file, line, code));
    }
    return found;
  }

  /** The block as a file of Java with a class of that name. */
  String compilationUnit(String className) {
    String imports =
        USUAL_IMPORTS.stream()
            .map(name -> "import " + name + ";\n")
            .collect(Collectors.joining("", "", importsOfItsOwn()));
    String body = lines(false);
    boolean types = code.stream().anyMatch(text -> TYPE.matcher(text).matches());
    return types
        ? imports + "class " + className + " {}\n" + body.replaceAll("(?m)^public ", "")
        : imports + "class " + className + " {\nvoid run() throws Exception {\n" + body + "}\n}\n";
  }

  private String importsOfItsOwn() {
    return lines(true);
  }

  private String lines(boolean imports) {
    return code.stream()
        .filter(text -> text.startsWith("import ") == imports)
        .map(text -> text + "\n")
        .collect(Collectors.joining());
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
