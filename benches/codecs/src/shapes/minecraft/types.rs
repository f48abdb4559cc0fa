//! Saved players of a game: the types.

use canread::Record;
use serde::{Deserialize, Serialize};

use crate::shapes::clear::clear;

/// How somebody plays.
#[derive(Debug, Clone, Copy, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.GameType")]
#[expect(missing_docs, reason = "an example")]
pub enum GameType {
    #[symbol(0)]
    Survival,
    #[symbol(1)]
    Creative,
    #[symbol(2)]
    Adventure,
    #[symbol(3)]
    Spectator,
    #[symbol(other)]
    #[serde(skip)]
    Other(i32),
}

/// Things of one kind.
#[derive(Debug, Clone, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.Stack")]
#[expect(missing_docs, reason = "an example")]
pub struct Stack {
    #[field(1)]
    pub count: i32,
    #[field(2)]
    pub slot: u32,
    #[field(3)]
    pub id: String,
}

/// The same, borrowed.
#[derive(Record, Deserialize)]
#[record(name = "bench.Stack")]
#[expect(missing_docs, reason = "an example")]
pub struct StackRef<'a> {
    #[field(1)]
    pub count: i32,
    #[field(2)]
    pub slot: u32,
    #[field(3)]
    pub id: &'a str,
}

/// What a player can do.
#[derive(Debug, Clone, Copy, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.Abilities")]
#[expect(missing_docs, reason = "an example")]
pub struct Abilities {
    #[field(1)]
    pub walk_speed: f32,
    #[field(2)]
    pub fly_speed: f32,
    #[field(3)]
    pub may_fly: bool,
    #[field(4)]
    pub flying: bool,
    #[field(5)]
    pub invulnerable: bool,
    #[field(6)]
    pub may_build: bool,
    #[field(7)]
    pub instabuild: bool,
}

/// A place or motion.
#[derive(Debug, Clone, Copy, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.Vector3d")]
#[expect(missing_docs, reason = "an example")]
pub struct Vector3d {
    #[field(1)]
    pub x: f64,
    #[field(2)]
    pub y: f64,
    #[field(3)]
    pub z: f64,
}

/// A rotation.
#[derive(Debug, Clone, Copy, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.Vector2f")]
#[expect(missing_docs, reason = "an example")]
pub struct Vector2f {
    #[field(1)]
    pub x: f32,
    #[field(2)]
    pub y: f32,
}

/// An identity.
#[derive(Debug, Clone, Copy, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.Uuid")]
#[expect(missing_docs, reason = "an example")]
pub struct Uuid {
    #[field(1)]
    pub x0: u32,
    #[field(2)]
    pub x1: u32,
    #[field(3)]
    pub x2: u32,
    #[field(4)]
    pub x3: u32,
}

/// A creature.
#[derive(Debug, Clone, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.Entity")]
#[expect(missing_docs, reason = "an example")]
pub struct Entity {
    #[field(1)]
    pub id: String,
    #[field(2)]
    pub pos: Vector3d,
    #[field(3)]
    pub motion: Vector3d,
    #[field(4)]
    pub rotation: Vector2f,
    #[field(5)]
    pub fall_distance: f32,
    #[field(6)]
    pub fire: u32,
    #[field(7)]
    pub air: u32,
    #[field(8)]
    pub on_ground: bool,
    #[field(9)]
    pub no_gravity: bool,
    #[field(10)]
    pub invulnerable: bool,
    #[field(11)]
    pub portal_cooldown: i32,
    #[field(12)]
    pub uuid: Uuid,
    #[field(13)]
    pub custom_name: Option<String>,
    #[field(14)]
    pub custom_name_visible: bool,
    #[field(15)]
    pub silent: bool,
    #[field(16)]
    pub glowing: bool,
}

/// The same, borrowed.
#[derive(Record, Deserialize)]
#[record(name = "bench.Entity")]
#[expect(missing_docs, reason = "an example")]
pub struct EntityRef<'a> {
    #[field(1)]
    pub id: &'a str,
    #[field(2)]
    pub pos: Vector3d,
    #[field(3)]
    pub motion: Vector3d,
    #[field(4)]
    pub rotation: Vector2f,
    #[field(5)]
    pub fall_distance: f32,
    #[field(6)]
    pub fire: u32,
    #[field(7)]
    pub air: u32,
    #[field(8)]
    pub on_ground: bool,
    #[field(9)]
    pub no_gravity: bool,
    #[field(10)]
    pub invulnerable: bool,
    #[field(11)]
    pub portal_cooldown: i32,
    #[field(12)]
    pub uuid: Uuid,
    #[field(13)]
    pub custom_name: Option<&'a str>,
    #[field(14)]
    pub custom_name_visible: bool,
    #[field(15)]
    pub silent: bool,
    #[field(16)]
    pub glowing: bool,
}

/// What a player can make.
#[derive(Debug, Clone, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.RecipeBook")]
#[expect(missing_docs, reason = "an example")]
pub struct RecipeBook {
    #[field(1)]
    pub recipes: Vec<String>,
    #[field(2)]
    pub to_be_displayed: Vec<String>,
    #[field(3)]
    pub is_filtering_craftable: bool,
    #[field(4)]
    pub is_gui_open: bool,
    #[field(5)]
    pub is_furnace_filtering_craftable: bool,
    #[field(6)]
    pub is_furnace_gui_open: bool,
    #[field(7)]
    pub is_blasting_furnace_filtering_craftable: bool,
    #[field(8)]
    pub is_blasting_furnace_gui_open: bool,
    #[field(9)]
    pub is_smoker_filtering_craftable: bool,
    #[field(10)]
    pub is_smoker_gui_open: bool,
}

/// The same, borrowed.
#[derive(Record, Deserialize)]
#[record(name = "bench.RecipeBook")]
#[expect(missing_docs, reason = "an example")]
pub struct RecipeBookRef<'a> {
    #[field(1)]
    #[serde(borrow)]
    pub recipes: Vec<&'a str>,
    #[field(2)]
    #[serde(borrow)]
    pub to_be_displayed: Vec<&'a str>,
    #[field(3)]
    pub is_filtering_craftable: bool,
    #[field(4)]
    pub is_gui_open: bool,
    #[field(5)]
    pub is_furnace_filtering_craftable: bool,
    #[field(6)]
    pub is_furnace_gui_open: bool,
    #[field(7)]
    pub is_blasting_furnace_filtering_craftable: bool,
    #[field(8)]
    pub is_blasting_furnace_gui_open: bool,
    #[field(9)]
    pub is_smoker_filtering_craftable: bool,
    #[field(10)]
    pub is_smoker_gui_open: bool,
}

/// What a player rides.
#[derive(Debug, Clone, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.Vehicle")]
#[expect(missing_docs, reason = "an example")]
pub struct Vehicle {
    #[field(1)]
    pub uuid: Uuid,
    #[field(2)]
    pub entity: Entity,
}

/// The same, borrowed.
#[derive(Record, Deserialize)]
#[record(name = "bench.Vehicle")]
#[expect(missing_docs, reason = "an example")]
pub struct VehicleRef<'a> {
    #[field(1)]
    pub uuid: Uuid,
    #[field(2)]
    #[serde(borrow)]
    pub entity: EntityRef<'a>,
}

/// A player.
#[derive(Debug, Clone, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.Player")]
#[expect(missing_docs, reason = "an example")]
pub struct Player {
    #[field(1)]
    pub game_type: GameType,
    #[field(2)]
    pub previous_game_type: GameType,
    #[field(3)]
    pub score: i64,
    #[field(4)]
    pub dimension: String,
    #[field(5)]
    pub selected_item_slot: u32,
    #[field(6)]
    pub selected_item: Stack,
    #[field(7)]
    pub spawn_dimension: Option<String>,
    #[field(8)]
    pub spawn_x: i64,
    #[field(9)]
    pub spawn_y: i64,
    #[field(10)]
    pub spawn_z: i64,
    #[field(11)]
    pub spawn_forced: Option<bool>,
    #[field(12)]
    pub sleep_timer: u32,
    #[field(13)]
    pub food_exhaustion_level: f32,
    #[field(14)]
    pub food_saturation_level: f32,
    #[field(15)]
    pub food_tick_timer: u32,
    #[field(16)]
    pub xp_level: u32,
    #[field(17)]
    pub xp_p: f32,
    #[field(18)]
    pub xp_total: i32,
    #[field(19)]
    pub xp_seed: i32,
    #[field(20)]
    pub inventory: Vec<Stack>,
    #[field(21)]
    pub ender_items: Vec<Stack>,
    #[field(22)]
    pub abilities: Abilities,
    #[field(23)]
    pub entered_nether_position: Option<Vector3d>,
    #[field(24)]
    pub root_vehicle: Option<Vehicle>,
    #[field(25)]
    pub shoulder_entity_left: Option<Entity>,
    #[field(26)]
    pub shoulder_entity_right: Option<Entity>,
    #[field(27)]
    pub seen_credits: bool,
    #[field(28)]
    pub recipe_book: RecipeBook,
}

/// The same, borrowed.
#[derive(Record, Deserialize)]
#[record(name = "bench.Player")]
#[expect(missing_docs, reason = "an example")]
pub struct PlayerRef<'a> {
    #[field(1)]
    pub game_type: GameType,
    #[field(2)]
    pub previous_game_type: GameType,
    #[field(3)]
    pub score: i64,
    #[field(4)]
    pub dimension: &'a str,
    #[field(5)]
    pub selected_item_slot: u32,
    #[field(6)]
    #[serde(borrow)]
    pub selected_item: StackRef<'a>,
    #[field(7)]
    pub spawn_dimension: Option<&'a str>,
    #[field(8)]
    pub spawn_x: i64,
    #[field(9)]
    pub spawn_y: i64,
    #[field(10)]
    pub spawn_z: i64,
    #[field(11)]
    pub spawn_forced: Option<bool>,
    #[field(12)]
    pub sleep_timer: u32,
    #[field(13)]
    pub food_exhaustion_level: f32,
    #[field(14)]
    pub food_saturation_level: f32,
    #[field(15)]
    pub food_tick_timer: u32,
    #[field(16)]
    pub xp_level: u32,
    #[field(17)]
    pub xp_p: f32,
    #[field(18)]
    pub xp_total: i32,
    #[field(19)]
    pub xp_seed: i32,
    #[field(20)]
    #[serde(borrow)]
    pub inventory: Vec<StackRef<'a>>,
    #[field(21)]
    #[serde(borrow)]
    pub ender_items: Vec<StackRef<'a>>,
    #[field(22)]
    pub abilities: Abilities,
    #[field(23)]
    pub entered_nether_position: Option<Vector3d>,
    #[field(24)]
    #[serde(borrow)]
    pub root_vehicle: Option<VehicleRef<'a>>,
    #[field(25)]
    #[serde(borrow)]
    pub shoulder_entity_left: Option<EntityRef<'a>>,
    #[field(26)]
    #[serde(borrow)]
    pub shoulder_entity_right: Option<EntityRef<'a>>,
    #[field(27)]
    pub seen_credits: bool,
    #[field(28)]
    #[serde(borrow)]
    pub recipe_book: RecipeBookRef<'a>,
}

/// All players.
#[derive(Debug, Clone, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.Players")]
#[expect(missing_docs, reason = "an example")]
pub struct Players {
    #[field(1)]
    pub players: Vec<Player>,
}

clear!(Players: players);

/// The same, borrowed.
#[derive(Record, Deserialize)]
#[record(name = "bench.Players")]
#[expect(missing_docs, reason = "an example")]
pub struct PlayersRef<'a> {
    #[field(1)]
    #[serde(borrow)]
    pub players: Vec<PlayerRef<'a>>,
}
