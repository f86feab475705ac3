package dev.gimbal.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Inputs to begin with, and pieces to put into them. */
final class Corpus {

  /** Nested deeper than any limit allows. */
  private static final int DEEP = 5_000;

  /** Longer than a line has any right to be. */
  private static final int LONG = 100_000;

  private Corpus() {}

  /** Those of a target; none of its own where it has a seeded bug. */
  static List<byte[]> of(Taking taking) {
    List<byte[]> all = new ArrayList<>();
    for (String text : taking instanceof FuzzTarget target ? texts(target) : List.<String>of()) {
      all.add(text.getBytes(StandardCharsets.UTF_8));
    }
    all.add(new byte[0]);
    all.add(new byte[] {0});
    all.add(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
    all.add(new byte[] {(byte) 0xFE, (byte) 0xFF, 0, 'a'});
    all.add(new byte[] {(byte) 0xC0, (byte) 0x80});
    all.add(new byte[] {(byte) 0xFF, (byte) 0xD8, 0, 0, '='});
    all.add(new byte[] {(byte) 0xFF, (byte) 0xDC, 0, (byte) 0xD8, 0});
    return List.copyOf(all);
  }

  private static List<String> texts(FuzzTarget target) {
    return switch (target) {
      case PROPERTIES ->
          List.of(
              "a=1\nb.c = two\n# comment\n! other\nd\\ e:f\\\n  g",
              "a\\u0041=\\u00e4\\u12",
              "\\",
              "=",
              "a=\\",
              "a.b=1\na=2\na.b.c=3",
              "hosts[0]=x\nhosts[1].port=2\nhosts[999999999]=y",
              "a..b=1\n.=2\n[0]=3\n\"a=4",
              "a.".repeat(DEEP) + "=1",
              "a=" + "\\\n".repeat(DEEP),
              "k".repeat(LONG));
      case JSON ->
          List.of(
              "{\"a\":1,\"b\":[true,null,\"x\\u00e4\\ud83d\\ude00\"],\"c\":{\"d\":-1.5e+10}}",
              "{\"a\":1,\"a\":2}",
              "{\"a\":\"\\ud800\"}",
              "{\"\":{\"\":[]}}",
              "[1,2]",
              "{\"n\":1e999999999}",
              "{\"n\":-0,\"m\":0.0,\"o\":1E-400}",
              "{\"n\":" + "9".repeat(LONG) + "}",
              "{\"a\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}",
              "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP),
              "{\"a\":1}x",
              "{\"a\":NaN}",
              "// comment\n{\"a\":1,}",
              "{\"a.b[0]\":\"${x:${y}}\"}");
      case JSONC ->
          List.of(
              "// c\n{\"a\":1, /* c */ \"b\":[1,],}\n// d",
              "{\"a\":\"// x /* y */\"}",
              "/*/{}",
              "/* /* */ */{}",
              "{,}",
              "{\"a\":[1,,]}",
              "{} /",
              "//",
              "{\"a\":1/* c */2}",
              "/*" + "*".repeat(LONG),
              "//\n".repeat(DEEP) + "{}",
              "{\"a\":" + "[".repeat(DEEP) + ",]".repeat(DEEP) + "}");
      case YAML ->
          List.of(
              "a: 1\nb:\n  - x\n  - {c: d}\ne: |\n  text\n  more\nf: >-\n  folded\n",
              "a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: 2\n",
              "a: &a [*a]",
              "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: &d [*c,*c]\ne: [*d,*d]",
              "---\na: 1\n---\nb: 2\n",
              "%YAML 1.2\n---\na: !!int \"3\"\nb: !!binary SGk=\n",
              "a: !!java.lang.Object {}\n",
              "? [complex, key]\n: 1\n",
              "a: 0x1F\nb: 0o17\nc: 1_000\nd: .inf\ne: 1:30\nf: yes\ng: ~\nh: 2001-01-01\n",
              "a: \"\\x41\\u00e4\\U0001F600\\z\"",
              "\ta: 1",
              "a: [".repeat(DEEP),
              "- ".repeat(DEEP) + "x",
              "a: '",
              "\"a\n",
              "a: 1\n b: 2",
              "# " + "c".repeat(LONG),
              "a: ? : - ? :");
      case YAML_DOCUMENTS ->
          List.of(
              "a: 1\nb: {c: 1, d: 1}\n---\nb: {d: 2}\n...\n---\na: ~\n",
              "a: &x {b: 1}\n---\na: *x",
              "a: &x {b: 1}\n---\n<<: {a: 2}\nc: &x [1]\nd: *x",
              "a: 1\n---\na: 2\na: 3",
              "a: 1\n---\n- b\n---\nc: 1",
              "---\n---\n---\n",
              "--- !!null\n--- ~\n--- {a: 1}",
              "%YAML 1.2\n---\na: 1\n%YAML 1.2\n---\nb: 1",
              "a: 1\n--- |\n b\n---\nc: [",
              "---\n".repeat(DEEP),
              "--- {a: 1}\n".repeat(DEEP),
              "{a: ".repeat(100)
                  + "}".repeat(100)
                  + "\n---\n"
                  + "{a: ".repeat(100)
                  + "}".repeat(100));
      case TOML ->
          List.of(
              "a = 1\n[b]\nc = [ \"x\", 'y', { d = 1.5 } ]\n[[e]]\nf.g = 07:32:00\n[[e]]\n",
              "a = 1\na = 2\n[b]\n[b]",
              "a.b = 1\n[a]\nb = 2",
              "a = \"\"\"\n\"\"x\\\n  y\"\"\"\"\"\nb = '''\n''z'''''",
              "a = \"\\u00e4\\U0001F600\\x41\\e\"",
              "a = \"\\ud800\"",
              "a = 0x_1",
              "a = 0xFFFFFFFFFFFFFFFF",
              "a = 1_0.0_1e+1_0\nb = -inf\nc = nan\nd = 0o17\ne = 0b1",
              "a = 2024-02-30 25:00",
              "a = 1979-05-27 07:32:00.5-07:00\nb = 2000-02-29",
              "a = 1\rb = 2",
              "[a.b]\nx = 1\n[[a.b]]",
              "a = {b.c = {}, b.d = [],}\n[a.b.e]",
              "a." + "b.".repeat(DEEP) + "c = 1",
              "a = " + "[".repeat(DEEP),
              "a = " + "{a = ".repeat(DEEP),
              "[a]\n[[b]]\n[b.c]\n".repeat(DEEP),
              "[[a]]\nb = [{}]\n".repeat(DEEP),
              "a = " + "1".repeat(LONG),
              "a = \"" + "\\n".repeat(LONG));
      case DOTENV ->
          List.of(
              "A=1\nexport B = two # c\n# c\nC='x'\nD=\"a\\nb\"\nE=`x`\nF: y\nG\n",
              "A=1\nA=2\nA.b=3\nh[0]=4",
              "A=${B:-x}\nC=\"\\${D} ${E:--1}\"\nF='${G}'\nH=$${I}",
              "A=\"x\ny\"\nB='x\r\ny'\nC=`\n`",
              "A=\"x",
              "A='it\\'s' y",
              "A=\"\\",
              "A B=1",
              "\"a b\".c[0]=1\n\"a",
              "export\nexport =1\nexport \"\"=2",
              "A." + "b.".repeat(DEEP) + "c=1",
              "A=\"" + "\\${".repeat(DEEP) + "\"",
              "A=" + "${B:-".repeat(DEEP),
              "A='" + "\n".repeat(LONG) + "'",
              "k".repeat(LONG));
      case HCL ->
          List.of(
              "a = 1\nb \"c\" d {\n  e = [f.g[0], -5, { h = null }]\n}\nb \"c\" d {}\n",
              "a = 1\na = 2\nb {}\nb \"\" {}\nb \"c\" {}",
              "a = \"${b(\"%{ if c ~}d%{ else }e%{ endif }\")} $${f}\"",
              "a = <<-X\n    b ${c\n} $${d}\n      e\n  X\n",
              "a = [for b, c in d : b if c]\ne = {for f in g : f => f...}",
              "a = b ? c.*.d : e[*].f(g..., h)",
              "a = 007\nb = 0x1F\nc = 1.5e-7\nd = - 5",
              "\"a\" = 1,\nb { c = 1, d {} }",
              "a = \"\\u00e9\\U0001F600\\ud800\"",
              "a = (\n  b # c\n  /* d */ + e\n)",
              "a = [1 2]",
              "a = " + "[".repeat(DEEP),
              "a = " + "{a = ".repeat(DEEP),
              "a = " + "(".repeat(DEEP),
              "a = " + "\"${".repeat(DEEP),
              "a {\n".repeat(DEEP),
              "a" + " b".repeat(DEEP) + " {}",
              "a = " + "b ? c : ".repeat(DEEP) + "d",
              "a = <<X\n" + "X ".repeat(LONG),
              "a = " + "1".repeat(LONG),
              "a = \"" + "\\n".repeat(LONG));
      case HOCON ->
          List.of(
              "a = 1, b : x y\nc.d { e = [ \"s\"\n true ] } # c\nf += ${c.e} // c\n",
              "a = ${b}\nb { c = 1 }\nd = ${b} { c = 2 } { e = x${?n} }",
              "a = [1]\na = ${a} [2]\na += 3\na += ${?a}",
              "a = ${?b}x\nb = ${?a}${?c}\nc { d = ${?a}, d = ${?c} }",
              "a { \"0\" = x, \"2\" = y } [z]\nb = {\"0\" = x} [z]",
              "a = \"\\u00e9\\ud800\"\n\"\"\"b\n\"\"\"\" = \"\"\"\\n\"\"\"\"",
              "a = 007 1. -.5 1e5x 1.2.3 - truest nullx",
              "{ \"a\" : { \"\" : [null, { }] } }",
              "include \"x\"",
              "a = ${a.b}\na.b = ${a}",
              "a = b: c",
              "a." + "b.".repeat(DEEP) + "c = ${a" + ".b".repeat(DEEP) + "}",
              "a = " + "[".repeat(DEEP),
              "a = " + "{a = ".repeat(DEEP),
              "a = ${?a}x\n".repeat(DEEP),
              "a += ${?a}\n".repeat(DEEP),
              "a = 1" + " x ${?a}".repeat(DEEP),
              "a = " + "1".repeat(LONG),
              "a = \"" + "\\n".repeat(LONG));
      case XML ->
          List.of(
              "<?xml version=\"1.0\"?>\n<c a='1'><b>x &amp; y</b><b/><!-- d --> e<![CDATA[<f>]]></c>\n",
              "<c xmlns:x=\"urn:x\" x:a=\"1\"><x:b xml:space=\"preserve\"> y </x:b></c>",
              "<c a='1' a='2'><b c='' c=''/></c>",
              "<c a='1'><a>2</a><a b='3'>4<d/>5</a></c>",
              "<c>&#65;&#x1F600;&#xD800;</c>",
              "<c>\r\n<a>\r</a>]]&gt;</c>",
              "<!DOCTYPE c [<!ENTITY x \"y\">]><c>&x;</c>",
              "<?xml version='1.0' encoding='ISO-8859-1' standalone=\"no\"?><c/>",
              "<?p q?><c/><!-- -- -->",
              "<a><b></a></b>",
              "<x:a y:b='1'/>",
              "<a>".repeat(DEEP),
              "<a b='".repeat(DEEP),
              "<a>x" + "<b/>y".repeat(DEEP) + "</a>",
              "<a " + "b='' ".repeat(DEEP) + "/>",
              "<a>" + "]".repeat(LONG),
              "<a>" + "&amp;".repeat(LONG) + "</a>",
              "<!--" + "-".repeat(LONG));
      case PATH ->
          List.of(
              "a.b.c",
              "hosts.\"a.b\"[0].port",
              "\"\"",
              "\"a\\\"b\\\\c\"",
              "a[",
              "a[]",
              "a[-1]",
              "a[00]",
              "a[2147483648]",
              "[0]",
              "a..b",
              ".a",
              "a.",
              "\"a",
              "a\"b\"",
              "a[0]b",
              "a.".repeat(DEEP) + "b",
              "[0]".repeat(DEEP),
              "\\".repeat(DEEP),
              "\u0000.\uFFFF.\u2028");
      case PLACEHOLDERS ->
          List.of(
              "${b}\n${c}\nvalue",
              "${a}",
              "${b}\n${a}",
              "${b:${c:${d:x}}}",
              "$${a} ${",
              "${env:PATH}${sys:java.version}${secret:x}",
              "${",
              "${}",
              "${:}",
              "${a:",
              "${\"a.b\"[0]:}",
              "${b}${b}\n${c}${c}\n${d}${d}\n${e}${e}\n${f}${f}\n${g}${g}\n${h}${h}\nx",
              "${".repeat(DEEP),
              "${b:".repeat(DEEP) + "}".repeat(DEEP),
              "$".repeat(LONG),
              "${a.b.c}\n${.}\n${[0]}");
      case CONVERSIONS ->
          List.of(
              "1",
              "-0",
              "9223372036854775808",
              "1e999999999",
              "1E-999999999",
              "1.7976931348623159e308",
              "4.9e-325",
              "0x10",
              "NaN",
              "1h30m",
              "PT1H",
              "P999999999999D",
              "9999999999999999999h",
              "1.5s",
              "-1ms",
              "TRUE",
              "str-ing",
              "a, b,,c,",
              "[1,2,[3]]",
              "{\"a\":1}",
              "{\"1\":{\"a\":[true]},\"01\":[]}",
              "null",
              "1.5MiB",
              "99999999999999999999EB",
              "P1Y2M3D",
              "99999999999y",
              "2030-01-31T12:00:00+01:00[Europe/Paris]",
              "2030-01-31 12:00Z",
              "12:00:00.999999999+18:00",
              "--02-29",
              "+999999999-12-31",
              "UTC+01:00",
              "https://user@example.org:80/a?b#c",
              "jar:file:/a!/b",
              "[2001:db8::1]:65535",
              "::ffff:192.0.2.1",
              "1:2:3:4:5:6:7::8",
              "::1%lo",
              "example.org:80",
              "SGVsbG8=",
              "123e4567-e89b-12d3-a456-426614174000",
              "en-Latn-US-u-ca-gregory-x-a",
              "windows-1252",
              "(a{1,2}){3,}[^b&&[c]]\\p{L}\\Qx",
              "(?<!a*)",
              "(".repeat(LONG / 50),
              "(?i:".repeat(900),
              "a|".repeat(LONG / 100),
              "\\Q".repeat(LONG / 100),
              "x,".repeat(LONG) + "y",
              ":".repeat(LONG),
              "1.".repeat(LONG),
              "-".repeat(LONG),
              ",".repeat(LONG),
              "1".repeat(LONG),
              "0." + "0".repeat(LONG) + "1");
      case SPECS ->
          List.of(
              "app.yaml",
              "file:app.yaml?optional=true",
              "file:?format=json&onMissing=clear",
              "dir:/etc/conf.d?debounce=1s",
              "env:APP_",
              "sys:",
              "c:\\dir\\file.json",
              "http://example.org/x?y=z",
              "file:a?optional",
              "file:a?x=%",
              "file:a?x=%G0",
              "file:a?optional=true&optional=false",
              "file:a?optional=%74rue",
              "?",
              ":",
              "file:a?debounce=99999999999999999999s",
              "file:a?maxBytes=-1",
              "\u0000",
              "file:\u0000",
              "a".repeat(LONG));
      case VARIABLES ->
          List.of(
              "{\"db\":{\"pool\":{\"maxSize\":1,\"max-size\":2}},\"hosts\":[{\"port\":1},2]}\n"
                  + "DB_POOL_MAX_SIZE=3\nA_DB__POOL=4\nHOSTS_0_PORT=5\nHOSTS_2=6",
              "{\"db\":{\"pool\":1}}\nDB_POOL=2\nA_B=3\nAB_C_0=4\n--db.pool=5\n--x[0]=6\n--v",
              "{\"a\":[1,[2,3]]}\nA_1_1=4\nAA_0_0=5\n--a[1][2]=6\n--\"a.b\".c=7\n--\n--z=8",
              "A=1\nA_=2\n__=3\nA_A__B=4\nAA.B=5\nA00=6\nA-=7",
              "--=\n--a..b=1",
              "--a.b=${x}\n--A.B=1\n--a-b=2",
              "{\"a\":{\"\":1,\"b\":2}}\nAA=3\nAA_B=4\nAA_B_C=5",
              "A" + "_B".repeat(DEEP) + "=1",
              "A_0".repeat(LONG / 5) + "=1",
              "--" + "a.".repeat(DEEP) + "b=1",
              "--a[99999999999]=1\n--a[2147483647]=2",
              "A" + "_".repeat(LONG) + "=1",
              "A\u0130".repeat(LONG / 5) + "=1", // whose lower case is longer by itself
              "{\"\u0130\":1}\n\u0130=2\nA\u0131=3\nA\u00DF=4");
      case FOLDER ->
          List.of(
              "text",
              "text\n",
              "text\r\n",
              "\uFEFFtext\n\n",
              "\n",
              "\r",
              "a\u0000b",
              "\uD83D\uDE00\u2028",
              "${x}",
              "a".repeat(LONG),
              "\n".repeat(LONG));
      case COMMAND ->
          List.of(
              "get\na.b\n--set\na.b=1\n--set\na.c=x\n--output\nyaml",
              "exp\na\n--set=a=${b:c}\n--set=b=1\n--reveal",
              "get\n--set=a[0]=1\n--set=a[1]=null\n-ojson",
              "get\n--set=password=hunter2\n--set=x=${password}\n-o\nproperties",
              "check\n--set=a.b=1",
              "help\nget",
              "get\n--batch\n-o\njson",
              "x\n--set=\u001b[31m=\u001b[0m\n\u001b]",
              "get\n--set\n--set\n--output",
              "get\n--set==\n--set=a",
              "get\na\nb\nc\n@file\n--",
              "get\n--set=" + "a.".repeat(DEEP) + "b=1",
              "get\n--set=a=" + "${b:".repeat(DEEP) + "}".repeat(DEEP),
              "get\n--set=\"a=b\"=1\n\"a=b\"");
    };
  }

  /** Pieces that mean something to some parser. */
  static final List<String> PIECES =
      List.of(
          "\n",
          "\r",
          "\t",
          "\\",
          "\"",
          "'",
          "{",
          "}",
          "[",
          "]",
          ":",
          ": ",
          ",",
          "- ",
          "? ",
          "#",
          "&a ",
          "*a",
          "<<: ",
          "!!",
          "|",
          ">",
          "---\n",
          "...\n",
          "%",
          "${",
          "$${",
          "}",
          "env:",
          "sys:",
          "=",
          ".",
          "..",
          "[0]",
          "[99999999999]",
          "\\u",
          "\\ud800",
          "\\x",
          "null",
          "true",
          "~",
          "NaN",
          ".inf",
          "0x",
          "1e999999",
          "-0",
          "1h",
          "PT",
          "P1D",
          "?",
          "&",
          "%00",
          "%ff",
          "optional=true",
          "file:",
          "dir:",
          "\u0000",
          "\uFEFF",
          "\u2028",
          "\u0085",
          "\uD83D\uDE00",
          "a",
          "a.b",
          "//",
          "/*");
}
