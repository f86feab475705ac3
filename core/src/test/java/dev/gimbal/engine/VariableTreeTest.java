package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.gimbal.ConfigPath;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.bind.Conversions;
import dev.gimbal.format.KeyTree;
import dev.gimbal.source.Variables;
import dev.gimbal.source.Variables.Style;
import dev.gimbal.tree.ListNode;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code docs/spec/environment.md}, rule by rule. */
class VariableTreeTest {

  private static final Style ENV = Style.ENVIRONMENT;
  private static final Style PATH = Style.PATH;

  /**
   * One case.
   *
   * @param variables {@code NAME=value}, separated by spaces
   * @param declared paths, separated by spaces
   * @param below {@code path=value}, separated by spaces
   * @param expected the tree, {@code {key:value}} in key order, or the problems, separated by
   *     {@code ;}
   */
  private record Case(
      Style style, String variables, String declared, String below, String expected) {}

  private int cases;

  private void check(Case... table) {
    for (Case row : table) {
      cases++;
      VariableTree.Result result = of(row, false);
      assertEquals(row.expected, text(result.tree()), row::toString);
      assertEquals(List.of(), result.problems(), row::toString);
    }
  }

  private void checkProblems(Case... table) {
    for (Case row : table) {
      cases++;
      assertEquals(row.expected, problems(of(row, false)), row::toString);
    }
  }

  private static VariableTree.Result of(Case row, boolean onlyKnownKeys) {
    Map<String, String> values = pairs(row.variables);
    String prefix = row.style == ENV ? "X_" : "--";
    Variables variables = new Variables(row.style, prefix, values, onlyKnownKeys);
    return VariableTree.of("src", variables, known(row.declared), tree(row.below));
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : words(text)) {
      int equals = pair.indexOf('=');
      pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return pairs;
  }

  private static final KnownKeys NONE = known("");

  private static KnownKeys known(String declared) {
    List<Declaration.Key> keys = new ArrayList<>();
    words(declared)
        .forEach(path -> keys.add(new Declaration.Key(ConfigPath.parse(path), String.class)));
    return KnownKeys.of(keys, Conversions.standard(), null);
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }

  private static ObjectNode tree(String text) {
    KeyTree tree = new KeyTree();
    pairs(text).forEach((path, value) -> tree.put(ConfigPath.parse(path), Scalar.string(value)));
    return tree.toNode();
  }

  private static String text(Node node) {
    List<String> parts = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      object.keys().forEach(key -> parts.add(key + ":" + text(object.get(key))));
      return "{" + String.join(",", parts) + "}";
    }
    if (node instanceof ListNode list) {
      list.elements().forEach(element -> parts.add(text(element)));
      return "[" + String.join(",", parts) + "]";
    }
    return ((Scalar) node).text();
  }

  private static String problems(VariableTree.Result result) {
    List<String> problems = new ArrayList<>();
    for (Problem problem : result.problems()) {
      assertNull(problem.path());
      assertEquals("src", problem.origin().source());
      problems.add(
          problem.code().id() + " " + problem.origin().document() + ": " + problem.message());
    }
    return String.join("; ", problems);
  }

  @Test
  void environment_standsForTheOneKeyThatMatches() {
    check(
        new Case(ENV, "DB_POOL_MAX_SIZE=9", "db.pool.maxSize", "", "{db:{pool:{maxSize:9}}}"),
        new Case(ENV, "DB_POOL_MAX_SIZE=9", "db.pool.max-size", "", "{db:{pool:{max-size:9}}}"),
        new Case(ENV, "DB_POOL_MAX_SIZE=9", "", "db.pool.max_size=1", "{db:{pool:{max_size:9}}}"),
        new Case(ENV, "DB_POOL_MAXSIZE=9", "", "db.pool.max-size=1", "{db:{pool:{max-size:9}}}"),
        new Case(ENV, "db_Pool_Max_Size=9", "", "DB.pool.maxSize=1", "{DB:{pool:{maxSize:9}}}"),
        new Case(ENV, "DB_POOL_MAX_SIZE=9", "", "dbPool.maxSize=1", "{dbPool:{maxSize:9}}"),
        new Case(ENV, "DB_POOL_MAX_SIZE=9", "", "\"db.pool\".max=1", "{db:{pool:{max:{size:9}}}}"),
        new Case(ENV, "DB_POOL_MAX=9", "", "\"db.pool\".max=1", "{db.pool:{max:9}}"),
        new Case(ENV, "DB_POOL_MAX=9", "", "\"db.pool-max\"=1", "{db.pool-max:9}"),
        new Case(ENV, "INTERNAL=9", "", "_internal=1", "{_internal:9}"),
        new Case(ENV, "GRÖSSE=9", "", "größe=1 grÖsse=2", "{grÖsse:9}"));
    assertEquals(11, cases);
  }

  @Test
  void environment_objectsAreKeysToo() {
    check(
        new Case(ENV, "DB_POOL=9", "", "dbPool.size=1", "{dbPool:9}"),
        new Case(ENV, "DB=9 DB_PORT=8", "", "db.port=1", "{db:{:9,port:8}}"));
    assertEquals(2, cases);
  }

  @Test
  void environment_levelsEndOnlyAtSeparators() {
    check(
        new Case(ENV, "DBPORT=9", "", "db.port=1", "{dbport:9}"),
        new Case(ENV, "HOSTNAME=9", "host.name", "", "{hostname:9}"),
        new Case(ENV, "HOSTX=9", "host-x.name", "", "{hostx:9}"),
        new Case(ENV, "A_BC=9", "", "a.bc=1 ab.c=2", "{a:{bc:9}}"));
    assertEquals(4, cases);
  }

  @Test
  void environment_doubleUnderscoreAndDotAreAlwaysALevel() {
    check(
        new Case(ENV, "DB__POOL_MAX=9", "", "db.poolMax=1 dbPool.max=2", "{db:{poolMax:9}}"),
        new Case(ENV, "DB_POOL__MAX=9", "", "db.poolMax=1 dbPool.max=2", "{dbPool:{max:9}}"),
        new Case(ENV, "DB___POOL_MAX=9", "", "db.poolMax=1 dbPool.max=2", "{db:{poolMax:9}}"),
        new Case(ENV, "DB.POOL_MAX=9", "", "db.poolMax=1 dbPool.max=2", "{db:{poolMax:9}}"),
        new Case(ENV, "DB__MAX=9", "", "dbMax=1", "{db:{max:9}}"),
        new Case(ENV, "DB__POOL__MAX_SIZE=9", "", "", "{db:{pool:{max:{size:9}}}}"));
    assertEquals(6, cases);
  }

  @Test
  void environment_withoutAKey_isLowerCasedAndSplit() {
    check(
        new Case(ENV, "DB_POOL_MAX_SIZE=9", "", "", "{db:{pool:{max:{size:9}}}}"),
        new Case(ENV, "DB_POOL_MAX=9", "", "dbPool.min=1", "{db:{pool:{max:9}}}"),
        new Case(ENV, "_A=9", "", "", "{a:9}"),
        new Case(ENV, "A__=9", "", "", "{a:9}"),
        new Case(ENV, "A____B=9", "", "", "{a:{b:9}}"),
        new Case(ENV, "A_-_B=9", "", "", "{a:{b:9}}"),
        new Case(ENV, "db.max-size=9", "", "", "{db:{max-size:9}}"),
        new Case(ENV, "_=9", "", "", "{}"),
        new Case(ENV, "___=9", "", "", "{}"),
        new Case(ENV, "TITLE_ID=9", "", "", "{title:{id:9}}"),
        new Case(ENV, "A=", "", "", "{a:}"),
        new Case(ENV, "A=1 A_B=2", "", "", "{a:{:1,b:2}}"),
        new Case(ENV, "A=1 A_B_C=2 A_B=3", "", "", "{a:{:1,b:{:3,c:2}}}"));
    assertEquals(13, cases);
  }

  @Test
  void declaredKeys_goBeforeExistingOnes() {
    check(
        new Case(ENV, "DB_MAX=9", "db.max", "db_max=1", "{db:{max:9}}"),
        new Case(ENV, "DB_MAX=9", "dbMax", "db.max=1", "{dbMax:9}"),
        new Case(ENV, "DB_MAX=9", "db.Max", "db.max=1 db.MAX=2", "{db:{Max:9}}"),
        new Case(PATH, "db.max-size=9", "db.maxSize", "db.maxsize=1", "{db:{maxSize:9}}"),
        new Case(ENV, "DB=9", "db.max", "", "{db:9}"),
        new Case(ENV, "HOSTS_0_PORT=9", "hosts[0].Port", "", "{hosts:[{Port:9}]}"));
    assertEquals(6, cases);
  }

  @Test
  void twoCandidates_areAProblemThatNamesBoth() {
    String both = "GIM-010 X_DB_MAX: X_DB_MAX stands for db.max and dbMax, expected one key";
    checkProblems(
        new Case(ENV, "DB_MAX=9", "db.max dbMax", "", both),
        new Case(ENV, "DB_MAX=9", "", "db.max=1 dbMax=2", both),
        new Case(ENV, "DB_MAX=9", "db.max dbMax", "db.max=1", both),
        new Case(
            ENV,
            "DB_MAX=9",
            "",
            "db.max=1 db.MAX=2 dbMax=3",
            "GIM-010 X_DB_MAX: X_DB_MAX stands for db.MAX, db.max and dbMax, expected one key"),
        new Case(
            PATH,
            "db.Max=9",
            "",
            "db.max=1 db.MAX=2",
            "GIM-010 --db.Max: --db.Max stands for db.MAX and db.max, expected one key"));
    assertEquals(5, cases);
  }

  @Test
  @Tag("D47")
  void twoNamesForOneKey_areAProblemUnlessTheirValuesAreEqual() {
    Case equal = new Case(ENV, "DB_MAXSIZE=8 DB_MAX_SIZE=8", "db.maxSize", "", "{db:{maxSize:8}}");
    check(equal);
    checkProblems(
        new Case(
            ENV,
            "DB_MAX_SIZE=8 DB_MAXSIZE=9",
            "db.maxSize",
            "",
            "GIM-010 X_DB_MAXSIZE: X_DB_MAXSIZE and X_DB_MAX_SIZE stand for db.maxSize with"
                + " different values, expected one"),
        new Case(
            ENV,
            "a=1 A=2",
            "",
            "",
            "GIM-010 X_A: X_A and X_a stand for a with different values, expected one"));
    assertEquals(3, cases);
    assertEquals("{}", text(of(new Case(ENV, "a=1 A=2", "", "", ""), false).tree()));
  }

  @Test
  void path_matchesEachLevelRelaxed() {
    check(
        new Case(PATH, "db.pool.max-size=9", "", "db.pool.maxSize=1", "{db:{pool:{maxSize:9}}}"),
        new Case(PATH, "DB.Pool.MAX_SIZE=9", "", "db.pool.maxSize=1", "{db:{pool:{maxSize:9}}}"),
        new Case(PATH, "db-pool-max-size=9", "", "db.pool.maxSize=1", "{db:{pool:{maxSize:9}}}"),
        new Case(PATH, "db.pool-max-size=9", "", "db.pool.maxSize=1", "{db:{pool:{maxSize:9}}}"),
        new Case(PATH, "db.pool=9", "", "dbPool=1", "{db:{pool:9}}"),
        new Case(PATH, "dbpool=9", "", "db.pool=1", "{dbpool:9}"),
        new Case(PATH, "\"a.b\".c=9", "", "a.b.c=1", "{a.b:{c:9}}"),
        new Case(PATH, "a.b.c=9", "", "\"a.b\".c=1", "{a:{b:{c:9}}}"));
    assertEquals(8, cases);
  }

  @Test
  void path_thatExistsIsItself() {
    check(
        new Case(PATH, "db.max=9", "", "db.max=1 db.MAX=2 dbMax=3", "{db:{max:9}}"),
        new Case(PATH, "db.max-size=9", "db.maxSize", "db.max-size=1", "{db:{max-size:9}}"),
        new Case(PATH, "db.max=9", "db.max db.MAX", "", "{db:{max:9}}"),
        new Case(PATH, "a.\"\"=9", "", "a=1 a.b=2", "{a:{:9}}"));
    assertEquals(4, cases);
  }

  @Test
  void path_withoutAKey_isItself() {
    check(
        new Case(PATH, "db.pool.max-size=9", "", "", "{db:{pool:{max-size:9}}}"),
        new Case(PATH, "Db.Max_Size=9", "", "", "{Db:{Max_Size:9}}"),
        new Case(PATH, "hosts[0].port=1 hosts[1].port=2", "", "", "{hosts:[{port:1},{port:2}]}"),
        new Case(PATH, "hosts.0=1", "", "", "{hosts:{0:1}}"),
        new Case(PATH, "hosts[1]=1", "", "", "{hosts:{1:1}}"),
        new Case(PATH, "a..b=1 c]=2 [0]=3 \"d=4", "", "", "{\"d:4,[0]:3,a..b:1,c]:2}"),
        new Case(PATH, "--=1 _=2", "", "", "{--:1,_:2}"),
        new Case(PATH, "a=1 a.b=2", "", "", "{a:{:1,b:2}}"));
    assertEquals(8, cases);
  }

  @Test
  void numbers_indexListsBelow() {
    String hosts = "hosts[0].port=1 hosts[0].name=n hosts[1].port=2";
    check(
        new Case(ENV, "HOSTS_0_PORT=9", "", hosts, "{hosts:[{name:n,port:9},{port:2}]}"),
        new Case(ENV, "HOSTS__1__PORT=9", "", hosts, "{hosts:[{name:n,port:1},{port:9}]}"),
        new Case(PATH, "hosts[1].port=9", "", hosts, "{hosts:[{name:n,port:1},{port:9}]}"),
        new Case(PATH, "hosts.1.Port=9", "", hosts, "{hosts:[{name:n,port:1},{port:9}]}"),
        new Case(PATH, "hosts-1-port=9", "", hosts, "{hosts:[{name:n,port:1},{port:9}]}"),
        new Case(
            ENV,
            "HOSTS_1_MAX_RATE=9",
            "",
            hosts,
            "{hosts:[{name:n,port:1}," + "{max:{rate:9},port:2}]}"),
        new Case(ENV, "MY_HOSTS_1=9", "", "myHosts[0]=1 myHosts[1]=2", "{myHosts:[1,9]}"),
        new Case(ENV, "HOSTS_0=8 HOSTS_1_PORT=9", "", hosts, "{hosts:[8,{port:9}]}"),
        new Case(
            ENV,
            "HOSTS_0=8 HOSTS_0_PORT=9",
            "",
            hosts,
            "{hosts:[{:8,name:n,port:9}," + "{port:2}]}"),
        new Case(ENV, "M_1_0=9", "", "m[0][0]=1 m[1][0]=2 m[1][1]=3", "{m:[[1],[9,3]]}"),
        new Case(ENV, "A_LIST_0=9", "", "a.list[0]=1 a.b=2", "{a:{list:[9]}}"),
        new Case(ENV, "HOSTS=9", "", hosts, "{hosts:9}"),
        new Case(ENV, "HOSTS_00=9", "", hosts, "{hosts:{00:9}}"),
        new Case(ENV, "MAP_0=9", "", "map.0=1", "{map:{0:9}}"),
        new Case(ENV, "MAP_0=9", "", "map=1", "{map:{0:9}}"),
        new Case(ENV, "PORT_0=9", "", "port0=1", "{port0:9}"),
        new Case(PATH, "hosts-1-rate=9", "", hosts, "{hosts-1-rate:9}"));
    assertEquals(17, cases);
  }

  @Test
  void theIndexAfterTheLast_appends() {
    String two = "hosts[0]=1 hosts[1]=2";
    check(
        new Case(ENV, "HOSTS_2=9", "", two, "{hosts:[1,2,9]}"),
        new Case(PATH, "hosts[2].a.b=9", "", two, "{hosts:[1,2,{a:{b:9}}]}"),
        new Case(ENV, "HOSTS_3=9 HOSTS_2=8", "", two, "{hosts:[1,2,8,9]}"),
        new Case(
            PATH,
            "n[10]=k n[9]=j n[8]=i",
            "",
            "n[0]=0 n[1]=1 n[2]=2 n[3]=3 n[4]=4 n[5]=5 n[6]=6 n[7]=7",
            "{n:[0,1,2,3,4,5,6,7,i,j,k]}"),
        new Case(PATH, "hosts[2][0]=9", "", two, "{hosts:[1,2,[9]]}"));
    assertEquals(5, cases);
  }

  @Test
  void aLargerIndex_isAProblem() {
    String two = "hosts[0]=1 hosts[1]=2";
    String tail = " of hosts: the list has 2 elements";
    checkProblems(
        new Case(ENV, "HOSTS_7=9", "", two, "GIM-017 X_HOSTS_7: index 7" + tail),
        new Case(PATH, "hosts[3]=9", "", two, "GIM-017 --hosts[3]: index 3" + tail),
        new Case(
            ENV,
            "HOSTS_99999999999=9",
            "",
            two,
            "GIM-017 X_HOSTS_99999999999: index 2147483647" + tail),
        new Case(
            PATH,
            "hosts[2][1]=9",
            "",
            two,
            "GIM-017 --hosts[2][1]: index 1 of hosts[2]: the list has 0 elements"),
        new Case(
            ENV, "H_2=9", "", "h[0]=1", "GIM-017 X_H_2: index 2 of h: the list has 1 element"));
    assertEquals(5, cases);
  }

  @Test
  @Tag("D49")
  void aListAndAPartOfIt_areAProblem() {
    checkProblems(
        new Case(
            ENV,
            "HOSTS=1 HOSTS_0=2",
            "",
            "hosts[0]=1",
            "GIM-010 X_HOSTS: X_HOSTS sets the list hosts, X_HOSTS_0 a part of it, expected one of"
                + " them"));
    assertEquals(1, cases);
  }

  @Test
  void onlyKnownKeys_leavesTheOthersOut() {
    String below = "db.port=1 hosts[0]=a";
    String[][] table = {
      {"PATH=x HOME=y", "{}"},
      {"DB_PORT=9 DB_PASSWORD=x", "{db:{port:9}}"},
      {"URL=9", "{url:9}"},
      {"HOSTS_0=b", "{hosts:[b]}"},
      {"HOSTS_1=b", "{}"},
      {"HOSTS_7=b", "{}"},
      {"HOSTS_0_PORT=b", "{}"},
      {"_=9", "{}"},
    };
    for (String[] row : table) {
      VariableTree.Result result = of(new Case(ENV, row[0], "url", below, ""), true);
      assertEquals(row[1], text(result.tree()), row[0]);
      assertEquals(List.of(), result.problems(), row[0]);
      cases++;
    }
    assertEquals(8, cases);
  }

  @Test
  void tooManyLevels_areAProblem() {
    String name = "a" + ".a".repeat(256);
    checkProblems(
        new Case(
            PATH,
            name + "=9",
            "",
            "",
            "GIM-005 --" + name + ": a key of 257 segments, more than maxDepth 256"));
    String fits = name.substring(2);
    VariableTree.Result result = of(new Case(PATH, fits + "=9", "", "", ""), false);
    assertEquals(List.of(), result.problems());
    assertEquals("9", text(Nodes.at(result.tree(), ConfigPath.parse(fits))));
    assertEquals(1, cases);
  }

  @Test
  @Tag("D48")
  void values_areStringsWithoutPlaceholders() {
    VariableTree.Result result = of(new Case(ENV, "A=${b} C=true D=1", "", "", ""), false);
    assertEquals(
        ObjectNode.of(
            Map.of(
                "a", Scalar.string("${b}"), "c", Scalar.string("true"), "d", Scalar.string("1"))),
        result.tree());
  }

  @Test
  void listCopies_shareTheElementsThatStay() {
    ObjectNode below = tree("hosts[0].port=1 hosts[1].port=2");
    Variables variables = new Variables(ENV, "", Map.of("HOSTS_0_PORT", "9"), false);
    VariableTree.Result result = VariableTree.of("src", variables, NONE, below);
    ConfigPath second = ConfigPath.parse("hosts[1]");
    assertSame(Nodes.at(below, second), Nodes.at(result.tree(), second));
  }

  @Test
  void origins_nameTheVariable() {
    String variables = "A=1 A_B=2 DB_MAX=3 LIST_0=4 LIST_1_X=5";
    VariableTree.Result result =
        of(new Case(ENV, variables, "db.max", "list[0]=1 list[1]=2", ""), false);
    String[][] table = {
      {"a", "X_A"},
      {"a.\"\"", "X_A"},
      {"a.b", "X_A_B"},
      {"db.max", "X_DB_MAX"},
      {"list", "X_LIST_0"},
      {"list[0]", "X_LIST_0"},
      {"list[1].x", "X_LIST_1_X"},
    };
    for (String[] row : table) {
      Origin found = result.origins().find("src", ConfigPath.parse(row[0]));
      assertEquals(new Origin("src", row[1], 0, 0), found, row[0]);
      cases++;
    }
    assertNull(result.origins().find("src", ConfigPath.parse("db")));
    assertEquals(7, cases);
  }

  @Test
  void origins_ofIndexesThatMakeNoList_areThoseOfKeys() {
    VariableTree.Result result = of(new Case(PATH, "a[7]=1", "", "", ""), false);
    assertEquals(
        new Origin("src", "--a[7]", 0, 0), result.origins().find("src", ConfigPath.parse("a.7")));
  }

  @Test
  void aNameWithoutADocument_isItsOwn() {
    Variables variables = new Variables(ENV, "", Map.of("A", "1"), false);
    VariableTree.Result result = VariableTree.of("src", variables, NONE, ObjectNode.EMPTY);
    assertEquals(new Origin("src", "A", 0, 0), result.origins().find("src", ConfigPath.parse("a")));
  }

  /** The same variables, declared keys and layers in 200 orders give one answer. */
  @Test
  @Tag("D47")
  void theOrderOfVariables_playsNoPart() {
    Map<String, String> values =
        pairs(
            "A=1 A_B=2 a_b=2 A_C=3 a_c=4 DB_MAX=5 DB_MAX_SIZE=6 DB_MAXSIZE=7 HOSTS_3=d HOSTS_2=c"
                + " HOSTS_0_PORT=1 HOSTS_9=x HOSTS_0=h LIST=1 LIST_0=2 X__Y=1 X_Y_Z=2 _=3 Q_R=4");
    List<String> names = new ArrayList<>(values.keySet());
    List<String> below =
        List.of("db.max=1", "hosts[0].port=1", "hosts[1]=b", "list[0]=1", "q.r=1", "qR=2");
    List<String> declared = new ArrayList<>(words("db.maxSize a.b x.y"));
    Random random = new Random(7);
    Set<String> answers = new HashSet<>();
    Set<List<String>> orders = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      Collections.shuffle(names, random);
      Collections.shuffle(declared, random);
      List<String> layer = new ArrayList<>(below);
      Collections.shuffle(layer, random);
      Map<String, String> shuffled = new LinkedHashMap<>();
      names.forEach(name -> shuffled.put(name, values.get(name)));
      VariableTree.Result result =
          VariableTree.of(
              "src",
              new Variables(ENV, "", shuffled, false),
              known(String.join(" ", declared)),
              tree(String.join(" ", layer)));
      answers.add(text(result.tree()) + " " + problems(result));
      orders.add(List.copyOf(names));
    }
    assertEquals(200, orders.size());
    assertEquals(
        Set.of(
            "{a:{:1,b:2},db:{max:5},hosts:[{:h,port:1},b,c,d],list:[2],x:{y:{:1,z:2}}} GIM-010 Q_R:"
                + " Q_R stands for q.r and qR, expected one key; GIM-010 A_C: A_C and a_c stand for"
                + " a.c with different values, expected one; GIM-010 DB_MAXSIZE: DB_MAXSIZE and"
                + " DB_MAX_SIZE stand for db.maxSize with different values, expected one; GIM-017"
                + " HOSTS_9: index 9 of hosts: the list has 4 elements; GIM-010 LIST: LIST sets the"
                + " list list, LIST_0 a part of it, expected one of them"),
        answers);
  }

  /** 2^199 ways to join 200 words to levels; only those that exist are followed. */
  @Test
  void aNameOfManyWords_findsItsKeyAmongMany() {
    String name = "A" + "_A".repeat(199);
    Node below = Scalar.string("1");
    for (int i = 0; i < 100; i++) {
      below = ObjectNode.of(Map.of("a", ObjectNode.EMPTY, "aa", below));
    }
    Variables variables = new Variables(ENV, "", Map.of(name, "9"), false);
    VariableTree.Result result = VariableTree.of("src", variables, NONE, (ObjectNode) below);
    assertEquals("9", text(Nodes.at(result.tree(), ConfigPath.parse("aa" + ".aa".repeat(99)))));
    result = VariableTree.of("src", variables, NONE, ObjectNode.of(Map.of("x", below)));
    assertEquals("9", text(Nodes.at(result.tree(), ConfigPath.parse("a" + ".a".repeat(199)))));
  }

  @Test
  void manyCandidates_areCounted() {
    String below = "a.b.c.d.e=1 ab.c.d.e=1 abc.d.e=1 abcd.e=1 abcde=1 a.bcde=1 a.b.cde=1";
    checkProblems(
        new Case(
            ENV,
            "A_B_C_D_E=9",
            "",
            below,
            "GIM-010 X_A_B_C_D_E: X_A_B_C_D_E stands for a.b.c.d.e, a.b.cde, a.bcde, ab.c.d.e and 3"
                + " more, expected one key"));
    assertEquals(1, cases);
  }

  @Test
  void wideObjects_areFoundByName() {
    Map<String, Node> wide = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      wide.put("keyNo" + i, Scalar.string("1"));
    }
    ObjectNode below = ObjectNode.of(Map.of("top", ObjectNode.of(wide)));
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      values.put("TOP_KEY_NO" + 99 * i, "v" + i);
    }
    VariableTree.Result result =
        VariableTree.of("src", new Variables(ENV, "", values, true), NONE, below);
    ObjectNode top = (ObjectNode) result.tree().get("top");
    assertEquals(1000, top.size());
    for (int i = 0; i < 1000; i++) {
      assertEquals("v" + i, text(top.get("keyNo" + 99 * i)));
    }
  }

  @Test
  void nameOfManyWords_costsWhatItsLengthAllows() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ObjectNode below =
        ObjectNode.of(Map.of("key", ObjectNode.of(Map.of("other", Scalar.string("2")))));
    Variables variables = new Variables(ENV, "", Map.of("K_E" + "_Y".repeat(20_000), "1"), true);
    VariableTree.of("src", variables, known("declared"), below);
    long before = threads.getCurrentThreadAllocatedBytes();
    VariableTree.of("src", variables, known("declared"), below);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(bytes < 20_000 * 1_000, bytes + " bytes");
  }
}
