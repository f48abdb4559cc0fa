//! Saved players of a game.

mod types;

pub use types::*;

use super::{Shape, Size};
use crate::random::Random;
use crate::{buffa_types, prost_types};

/// One record with 500 players.
pub struct Savedata;

impl Shape for Savedata {
    const NAME: &'static str = "minecraft_savedata";
    const RECORD: &'static str = "bench.Players";
    const EVOLVED: &'static [&'static str] = &["Player"];
    type Owned = Players;
    type Borrowed<'a> = PlayersRef<'a>;
    type Prost = prost_types::Players;
    type Buffa = buffa_types::Players;
    type BuffaView<'a> = buffa_types::view::PlayersView<'a>;

    fn records(size: Size) -> Vec<Players> {
        let mut random = Random::new(0x3141_5926_5358_9793);
        vec![Players { players: (0..size.of(500, 10)).map(|_| player(&mut random)).collect() }]
    }
}

const GAMES: &[GameType] = &[GameType::Survival, GameType::Creative, GameType::Adventure, GameType::Spectator];
const THINGS: &[&str] = &["dirt", "stone", "pickaxe", "sand", "gravel", "shovel", "chestplate", "steak"];
const CREATURES: &[&str] = &["cow", "sheep", "zombie", "skeleton", "spider", "creeper", "parrot", "bee"];
const NAMES: &[&str] = &["rainbow", "princess", "steve", "johnny", "missy", "coward", "fairy", "howard"];
const DIMENSIONS: &[&str] = &["overworld", "nether", "end"];
const RECIPES: &[&str] =
    &["pickaxe", "torch", "bow", "crafting table", "furnace", "shears", "arrow", "tnt", "shovel", "sword"];

fn stack(random: &mut Random) -> Stack {
    Stack { count: random.below(256).cast_signed() - 128, slot: random.below(256), id: random.pick(THINGS).to_owned() }
}

fn stacks(random: &mut Random, bound: u32) -> Vec<Stack> {
    let count = random.below(bound);
    (0..count).map(|_| stack(random)).collect()
}

fn vector(random: &mut Random) -> Vector3d {
    Vector3d { x: random.f64(), y: random.f64(), z: random.f64() }
}

fn uuid(random: &mut Random) -> Uuid {
    Uuid { x0: random.u32(), x1: random.u32(), x2: random.u32(), x3: random.u32() }
}

fn entity(random: &mut Random) -> Entity {
    Entity {
        id: random.pick(CREATURES).to_owned(),
        pos: vector(random),
        motion: vector(random),
        rotation: Vector2f { x: random.f32(), y: random.f32() },
        fall_distance: random.f32(),
        fire: random.below(65_536),
        air: random.below(65_536),
        on_ground: random.one_in(2),
        no_gravity: random.one_in(2),
        invulnerable: random.one_in(2),
        portal_cooldown: random.i32(),
        uuid: uuid(random),
        custom_name: random.one_in(2).then(|| random.pick(NAMES).to_owned()),
        custom_name_visible: random.one_in(2),
        silent: random.one_in(2),
        glowing: random.one_in(2),
    }
}

fn abilities(random: &mut Random) -> Abilities {
    Abilities {
        walk_speed: random.f32(),
        fly_speed: random.f32(),
        may_fly: random.one_in(2),
        flying: random.one_in(2),
        invulnerable: random.one_in(2),
        may_build: random.one_in(2),
        instabuild: random.one_in(2),
    }
}

fn recipes(random: &mut Random, bound: u32) -> Vec<String> {
    let count = random.below(bound);
    (0..count).map(|_| random.pick(RECIPES).to_owned()).collect()
}

fn recipe_book(random: &mut Random) -> RecipeBook {
    RecipeBook {
        recipes: recipes(random, 30),
        to_be_displayed: recipes(random, 10),
        is_filtering_craftable: random.one_in(2),
        is_gui_open: random.one_in(2),
        is_furnace_filtering_craftable: random.one_in(2),
        is_furnace_gui_open: random.one_in(2),
        is_blasting_furnace_filtering_craftable: random.one_in(2),
        is_blasting_furnace_gui_open: random.one_in(2),
        is_smoker_filtering_craftable: random.one_in(2),
        is_smoker_gui_open: random.one_in(2),
    }
}

fn player(random: &mut Random) -> Player {
    Player {
        game_type: GAMES[random.below(4) as usize],
        previous_game_type: GAMES[random.below(4) as usize],
        score: random.i64(),
        dimension: random.pick(DIMENSIONS).to_owned(),
        selected_item_slot: random.u32(),
        selected_item: stack(random),
        spawn_dimension: random.one_in(2).then(|| random.pick(DIMENSIONS).to_owned()),
        spawn_x: random.i64(),
        spawn_y: random.i64(),
        spawn_z: random.i64(),
        spawn_forced: random.one_in(2).then(|| random.one_in(2)),
        sleep_timer: random.below(65_536),
        food_exhaustion_level: random.f32(),
        food_saturation_level: random.f32(),
        food_tick_timer: random.u32(),
        xp_level: random.u32(),
        xp_p: random.f32(),
        xp_total: random.i32(),
        xp_seed: random.i32(),
        inventory: stacks(random, 40),
        ender_items: stacks(random, 27),
        abilities: abilities(random),
        entered_nether_position: random.one_in(2).then(|| vector(random)),
        root_vehicle: random.one_in(2).then(|| Vehicle { uuid: uuid(random), entity: entity(random) }),
        shoulder_entity_left: random.one_in(2).then(|| entity(random)),
        shoulder_entity_right: random.one_in(2).then(|| entity(random)),
        seen_credits: random.one_in(2),
        recipe_book: recipe_book(random),
    }
}
