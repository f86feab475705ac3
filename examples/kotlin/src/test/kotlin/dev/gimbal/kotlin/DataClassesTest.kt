package dev.gimbal.kotlin

import dev.gimbal.Config
import dev.gimbal.ConfigException
import dev.gimbal.Sources
import dev.gimbal.TypeRef
import dev.gimbal.bind.Conversions
import dev.gimbal.bind.Default
import dev.gimbal.bind.Key
import java.time.Duration
import java.util.Optional
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

private const val INT = "an integer from -2147483648 to 2147483647"

data class Pool(
    val url: String,
    val maxSize: Int = 10,
    val owner: String?,
    val minSize: Int = maxSize / 2,
    val timeout: Duration = Duration.ofSeconds(3),
    val lazy: Boolean,
    val tags: List<String> = listOf("a", "b"),
    val retries: Int?,
) {
  constructor(url: String) : this(url, 1, null, 1, Duration.ZERO, false, listOf(), null)

  constructor(
      url: String, a: Int, b: String?, c: Int, d: Duration, e: Boolean, f: String, g: Int?
  ) : this(url + f, a, b, c, d, e, listOf(), g)

  val inBody: Int = maxSize * 2

  init {
    require(minSize <= maxSize) { "min-size $minSize is over max-size $maxSize" }
  }
}

data class App(val name: String, val pools: List<Pool>, val byName: Map<String, Pool> = mapOf())

data class Page<T>(val item: T, val items: List<T>)

data class Tree(val name: String, val children: List<Tree> = listOf())

data class Annotated(
    @param:Key("max.conn") val connections: Int,
    @param:Default("a, b") val list: List<String>,
    @field:Key("the-name") val name: String,
    val optional: Optional<String>,
)

data class AllDefaults(var a: Int = 1, var b: String = "b")

data class Nested(val all: AllDefaults)

sealed interface Auth

data class Basic(val user: String, val attempts: Int = 3) : Auth

@Key("bearer") data class Token(val value: String) : Auth

data class Unsigned(val size: UInt)

@ConsistentCopyVisibility data class Hidden private constructor(val a: Int)

/** Not a data class, but one with setters. */
class Bean {
  var size: Int = 5
  lateinit var name: String
}

class Service(val size: Int)

@Suppress("LongParameterList")
data class Wide(
    val a0: Int = 0, val a1: Int = 1, val a2: Int = 2, val a3: Int = 3, val a4: Int = 4,
    val a5: Int = 5, val a6: Int = 6, val a7: Int = 7, val a8: Int = 8, val a9: Int = 9,
    val b0: Int = 10, val b1: Int = 11, val b2: Int = 12, val b3: Int = 13, val b4: Int = 14,
    val b5: Int = 15, val b6: Int = 16, val b7: Int = 17, val b8: Int = 18, val b9: Int = 19,
    val c0: Int = 20, val c1: Int = 21, val c2: Int = 22, val c3: Int = 23, val c4: Int = 24,
    val c5: Int = 25, val c6: Int = 26, val c7: Int = 27, val c8: Int = 28, val c9: Int = 29,
    val d0: Int = 30, val d1: Long = 31, val d2: Double, val d3: Int = 33,
)

/** Data classes, bound as Kotlin made them: without its reflection library. */
class DataClassesTest {

  private inline fun <reified T : Any> bind(tree: Map<String, Any?>): T =
      config(tree).use { it.get("x").`as`(object : TypeRef<T>() {}) }

  private fun config(tree: Map<String, Any?>): Config =
      Config.builder().source(Sources.map("map", mapOf("x" to tree))).build()

  private inline fun <reified T : Any> problems(tree: Map<String, Any?>): List<String> =
      assertThrows(ConfigException::class.java) { bind<T>(tree) }
          .problems()
          .map { "${it.code().id()} ${it.path()}: ${it.message()}" }

  private fun refused(type: Class<*>): String? =
      assertThrows(IllegalArgumentException::class.java) {
            Conversions.standard().requireSupported(type)
          }
          .message

  @Test
  fun whatIsAbsent_isKotlinsDefault_orNull() {
    val pool = bind<Pool>(mapOf("url" to "u", "lazy" to false))
    assertEquals(
        Pool("u", 10, null, 5, Duration.ofSeconds(3), false, listOf("a", "b"), null), pool)
    assertEquals(20, pool.inBody)
  }

  @Test
  fun whatIsThere_isConverted_andDefaultsMayHangOnIt() {
    assertEquals(
        Pool("u", 8, "o", 4, Duration.ofSeconds(1), true, listOf("x"), 2),
        bind<Pool>(
            mapOf(
                "url" to "u", "max-size" to "8", "owner" to "o", "timeout" to "1s",
                "lazy" to true, "tags" to "x", "retries" to 2)))
    assertEquals(
        Pool("u", 8, null, 1, Duration.ZERO, true, listOf(), 0),
        bind<Pool>(
            mapOf(
                "url" to "u", "max_size" to 8, "owner" to null, "minSize" to 1, "timeout" to 0,
                "lazy" to true, "tags" to listOf<String>(), "retries" to 0)))
  }

  @Test
  fun allThatIsWrong_isToldAtOnce_andNothingIsZeroOrFalse() {
    assertEquals(
        listOf(
            "GIM-002 x.url: there is no value, expected a text; did you mean x.uri?",
            "GIM-003 x.max-size: found \"many\", expected $INT",
            "GIM-002 x.lazy: there is no value, expected true or false"),
        problems<Pool>(mapOf("uri" to "u", "max-size" to "many")))
    assertEquals(
        listOf(
            "GIM-003 x: found an object, expected values that Pool takes (min-size 9 is over" +
                " max-size 3)"),
        problems<Pool>(mapOf("url" to "u", "lazy" to true, "max-size" to 3, "min-size" to 9)))
  }

  @Test
  fun dataClasses_nest() {
    val pool = mapOf("url" to "u", "lazy" to true)
    val app = bind<App>(mapOf("name" to "n", "pools" to listOf(pool)))
    assertEquals(App("n", listOf(bind<Pool>(pool))), app)
    assertEquals(
        listOf("GIM-002 x.pools[0].url: there is no value, expected a text"),
        problems<App>(mapOf("name" to "n", "pools" to listOf(mapOf("lazy" to true)))))
    assertEquals(
        Tree("a", listOf(Tree("b"))),
        bind<Tree>(mapOf("name" to "a", "children" to listOf(mapOf("name" to "b")))))
    assertEquals(
        Page(1, listOf(2, 3)), bind<Page<Int>>(mapOf("item" to 1, "items" to "2, 3")))
    assertEquals(Nested(AllDefaults(1, "b")), bind<Nested>(mapOf()))
  }

  @Test
  fun annotations_standOnParametersAndFields() {
    assertEquals(
        Annotated(4, listOf("a", "b"), "n", Optional.empty()),
        bind<Annotated>(mapOf("max.conn" to 4, "the-name" to "n")))
  }

  @Test
  fun sealedTypes_areChosenByTheirTypeKey() {
    assertEquals(Basic("u"), bind<Auth>(mapOf("type" to "basic", "user" to "u")))
    assertEquals(Token("t"), bind<Auth>(mapOf("type" to "bearer", "value" to "t")))
    assertEquals(
        listOf(
            "GIM-003 x.type: found \"basik\", expected one of Basic, bearer; did you mean Basic?"),
        problems<Auth>(mapOf("type" to "basik")))
  }

  @Test
  fun moreThan32Parameters_haveTheirDefaults() {
    val wide = bind<Wide>(mapOf("a1" to -1, "d2" to 0.5, "d3" to -33))
    assertEquals(Wide(a1 = -1, d2 = 0.5, d3 = -33), wide)
    assertEquals(31L, wide.d1)
    assertEquals(0, wide.a0)
  }

  @Test
  fun classesWithSetters_areBeans() {
    val bean = bind<Bean>(mapOf("name" to "n"))
    assertEquals(5, bean.size)
    assertEquals("n", bean.name)
  }

  @Test
  fun whatIsNotBound_isRefused() {
    val expected = "expected: a data class with a public constructor that takes no value classes"
    assertEquals("type: dev.gimbal.kotlin.Unsigned ($expected)", refused(Unsigned::class.java))
    assertEquals("type: dev.gimbal.kotlin.Hidden ($expected)", refused(Hidden::class.java))
    assertEquals(
        "type: dev.gimbal.kotlin.Service (expected: a type that the conversions make)",
        refused(Service::class.java))
    assertFalse(Conversions.standard().supports(Service::class.java))
  }

  @Test
  fun aLiveDataClass_isReplacedWhole() {
    val memory = Sources.memory("memory")
    memory.put("pool", mapOf("url" to "u", "lazy" to true))
    Config.builder().source(memory).build().use { config ->
      val live = config.live("pool", Pool::class.java)
      val first = live.get()
      assertNull(first.owner)
      memory.put("other", 1)
      assertSame(first, live.get())
      assertThrows(ConfigException::class.java) { memory.put("pool.min-size", 100) }
      assertSame(first, live.get())
      memory.put("pool.owner", "o")
      assertEquals(first.copy(owner = "o"), live.get())
    }
  }
}
